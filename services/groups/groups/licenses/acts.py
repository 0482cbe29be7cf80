"""What time does to licenses in use, before anything else touches them."""

from chassis.transactions import Transaction
from groups.firms.firm import Firm
from groups.licenses import lapsing, storage


def renew_used(tx: Transaction, firm: Firm) -> None:
    """Let the licenses go on that members of the firm, which is held, use past their last day.

    Also before one is freed: what becomes of it must not rest on when the job came by.
    """
    in_use = storage.list_overdue_in_use(tx.session, firm.id, tx.now.date())
    tx.apply(lapsing.renew_all(firm, in_use, tx.context(None)))
