"""Mail to people who have not asked for it: who may let it leave, and how much of it a day."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from chassis.limits import MailLimits, MailSender, count_mails, require_room
from chassis.transactions import Transaction
from groups.accounts import storage as accounts
from groups.accounts.account import require_verified
from groups.firms import storage as firms
from groups.firms.firm import Firm

Settings = Mapping[str, Any]


def verified_sender(tx: Transaction, firm: Firm) -> MailSender:
    """The actor, in the name of the firm. Raises EmailNotVerified.

    A token may be older than the verification; what is known here, younger than the token.
    """
    account_id = tx.actor.account_id
    if account_id is None or not tx.actor.verified:
        account = accounts.find_account(tx.session, account_id) if account_id else None
        account_id = require_verified(account)
    return MailSender(account_id, firm.id)


def count(
    tx: Transaction,
    firm: Firm,
    sender: MailSender,
    addresses: Collection[str],
    settings: Settings,
) -> None:
    """Count a mail to each address; the firm is held. Raises TooManyMails; then none is counted."""
    count_mails(tx.session, tx.now, sender, addresses, _limits(tx, firm, settings))


def foresee(
    tx: Transaction,
    account_id: UUID,
    firm: Firm,
    addresses: Collection[str],
    settings: Settings,
    buying: int,
) -> None:
    """Raise what ``count`` would, for this account, once as many licenses more are bought."""
    sender = MailSender(account_id, firm.id)
    require_room(tx.session, tx.now, sender, addresses, _limits(tx, firm, settings, buying))


def _limits(tx: Transaction, firm: Firm, settings: Settings, buying: int = 0) -> MailLimits:
    return MailLimits.of(settings, firms.count_bought(tx.session, firm.id) + buying)
