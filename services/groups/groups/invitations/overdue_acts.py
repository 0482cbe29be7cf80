"""What time does by itself: ends invitations and licenses, renews licenses, announces both."""

from collections.abc import Callable

from chassis.database import BoundDatabase
from chassis.transactions import Transaction
from chassis.turns import Work, take_turns
from groups.firms import storage as firms
from groups.firms.acts import settle
from groups.firms.context import Act
from groups.firms.firm import Firm
from groups.invitations import ending, storage
from groups.licenses import lapsing
from groups.licenses import storage as licenses
from groups.licenses.acts import renew_used


def end_overdue(tx: Transaction, firm: Firm) -> None:
    """End what is overdue in the firm, which is held: invitations first, they free licenses."""
    if not storage.anything_overdue(tx.session, firm.id, tx.now):
        return
    by_time, today = Act(None, tx.now, tx.new_id), tx.now.date()
    invitations = storage.list_held(tx.session, firm.id, overdue_at=tx.now)
    settle(tx, ending.expire_all(firm, invitations, by_time))
    renew_used(tx, firm)
    unused = licenses.list_overdue_licenses(tx.session, firm.id, today)
    settle(tx, lapsing.lapse_all(firm, unused, by_time))


def announce(tx: Transaction, firm: Firm) -> None:
    """Say what is near its end in the firm, which is held; each once."""
    by_time = Act(None, tx.now, tx.new_id)
    near = storage.list_to_remind_of(tx.session, firm.id, tx.now)
    settle(tx, ending.remind_all(firm, near, by_time))
    due = licenses.list_to_warn_of(tx.session, firm.id, tx.now.date())
    settle(tx, lapsing.warn_all(firm, due, by_time))


def end_everywhere(db: BoundDatabase) -> None:
    """End what is overdue in all firms, one firm after the other."""
    take_turns(db, storage.firms_with_overdue, _in(end_overdue))
    take_turns(db, licenses.firms_with_licenses_in_use, _in(end_overdue))
    take_turns(db, licenses.firms_with_overdue_licenses, _in(end_overdue))


def announce_everywhere(db: BoundDatabase) -> None:
    """Announce in all firms what is near its end."""
    take_turns(db, storage.firms_to_remind, _in(announce))
    take_turns(db, licenses.firms_to_warn, _in(announce))


def _in(work: Callable[[Transaction, Firm], None]) -> Work:
    return lambda tx, firm_id: work(tx, firms.lock_firm(tx.session, firm_id))
