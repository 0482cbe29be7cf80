"""What every change of invitations begins with: the firm held and up to date, mails counted."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from chassis.database import BoundDatabase
from chassis.due import Work, for_each_due
from chassis.limits import MailLimits, MailSender, count_mails, require_room
from chassis.transactions import Transaction
from groups.accounts import storage as accounts
from groups.accounts.account import require_verified
from groups.firms import storage as firms
from groups.firms.firm import Firm
from groups.invitations import due_storage, ending, storage
from groups.invitations.storage import Desk
from groups.licenses import lapsing
from groups.licenses import storage as licenses
from groups.licenses.acts import renew_used
from groups.members.permissions import Permission

Settings = Mapping[str, Any]


def lock_desk(tx: Transaction) -> Desk:
    """Hold the actor's firm, whose members they manage, with all ended that is overdue.

    Raises FirmNotReady, NotAllowed.
    """
    account_id = tx.actor.account_id
    desk = storage.lock_desk(tx.session, account_id, tx.now)
    desk.by.require(Permission.MANAGE_MEMBERS)
    if desk.overdue:  # a dead invitation never blocks a new one (T10), job or no job
        end_overdue(tx, desk.firm)
        desk = storage.lock_desk(tx.session, account_id, tx.now)
    return desk


def verified_sender(tx: Transaction, firm: Firm) -> MailSender:
    """Return the actor, in the name of the firm. Raises EmailNotVerified.

    A token may be older than the verification; what is known here, younger than the token.
    """
    account_id = tx.actor.account_id
    if account_id is None or not tx.actor.verified:
        account = accounts.find_account(tx.session, account_id) if account_id else None
        account_id = require_verified(account)
    return MailSender(account_id, firm.id)


def count(
    tx: Transaction,
    desk: Desk,
    sender: MailSender,
    addresses: Collection[str],
    settings: Settings,
) -> None:
    """Count a mail to each address; the firm is held. Raises TooManyMails; then none is counted."""
    count_mails(tx.session, tx.now, sender, addresses, MailLimits.of(settings, desk.bought))


def foresee_mails(
    tx: Transaction,
    account_id: UUID,
    firm: Firm,
    addresses: Collection[str],
    settings: Settings,
    buying: int,
) -> None:
    """Raise what ``count`` would, for this account, once as many licenses more are bought."""
    limits = MailLimits.of(settings, firms.count_bought(tx.session, firm.id) + buying)
    require_room(tx.session, tx.now, MailSender(account_id, firm.id), addresses, limits)


def end_overdue(tx: Transaction, firm: Firm) -> None:
    """End what is overdue in the firm, which is held: invitations first, they free licenses."""
    by_time, today = tx.context(None), tx.now.date()
    invitations = due_storage.list_overdue(tx.session, firm.id, tx.now)
    tx.apply(ending.expire_all(firm, invitations, by_time))
    renew_used(tx, firm)
    unused = licenses.list_overdue_licenses(tx.session, firm.id, today)
    tx.apply(lapsing.lapse_all(firm, unused, by_time))


def announce(tx: Transaction, firm: Firm) -> None:
    """Say what is near its end in the firm, which is held; each once."""
    by_time = tx.context(None)
    near = due_storage.list_to_remind_of(tx.session, firm.id, tx.now)
    tx.apply(ending.remind_all(firm, near, by_time))
    due = licenses.list_to_warn_of(tx.session, firm.id, tx.now.date())
    tx.apply(lapsing.warn_all(firm, due, by_time))


def end_everywhere(db: BoundDatabase) -> None:
    """End what is overdue in all firms, one firm after the other."""
    for_each_due(db, due_storage.firms_with_overdue, _in(end_overdue))
    for_each_due(db, licenses.firms_with_licenses_in_use, _in(end_overdue))
    for_each_due(db, licenses.firms_with_overdue_licenses, _in(end_overdue))


def announce_everywhere(db: BoundDatabase) -> None:
    """Announce in all firms what is near its end."""
    for_each_due(db, due_storage.firms_to_remind, _in(announce))
    for_each_due(db, licenses.firms_to_warn, _in(announce))


def _in(work: Callable[[Transaction, Firm], None]) -> Work:
    return lambda tx, firm_id: work(tx, firms.lock_firm(tx.session, firm_id))
