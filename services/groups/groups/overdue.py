"""What time does by itself: ends invitations and licenses, renews licenses, announces both."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.transactions import Transaction
from groups import storage
from groups.domain import ending, lapsing
from groups.domain.act import Act
from groups.domain.firm import Firm
from groups.settling import settle

FIRMS_AT_ONCE = 100

Finder = Callable[[Session, datetime], list[UUID]]
Work = Callable[[Transaction, Firm], None]


def end_overdue(tx: Transaction, firm: Firm) -> None:
    """End what is overdue in the firm, which is held: invitations first, they free licenses."""
    by_time, today = Act(None, tx.now, tx.new_id), tx.now.date()
    invitations = storage.list_held(tx.session, firm.id, overdue_at=tx.now)
    settle(tx, ending.expire_all(firm, invitations, by_time))
    renew_used(tx, firm)
    unused = storage.list_overdue_licenses(tx.session, firm.id, today)
    settle(tx, lapsing.lapse_all(firm, unused, by_time))


def renew_used(tx: Transaction, firm: Firm) -> None:
    """Let the licenses go on that members of the firm, which is held, use past their last day.

    Also before one is freed: what becomes of it must not rest on when the job came by.
    """
    in_use = storage.list_overdue_in_use(tx.session, firm.id, tx.now.date())
    settle(tx, lapsing.renew_all(firm, in_use, Act(None, tx.now, tx.new_id)))


def announce(tx: Transaction, firm: Firm) -> None:
    """Say what is near its end in the firm, which is held; each once."""
    by_time = Act(None, tx.now, tx.new_id)
    near = storage.list_to_remind_of(tx.session, firm.id, tx.now)
    settle(tx, ending.remind_all(firm, near, by_time))
    due = storage.list_to_warn_of(tx.session, firm.id, tx.now.date())
    settle(tx, lapsing.warn_all(firm, due, by_time))


def end_everywhere(db: Any) -> None:
    """End what is overdue in all firms, one firm after the other."""
    for find in (_with_invitations, _with_licenses_in_use, _with_licenses):
        while _do_some(db, find, end_overdue) == FIRMS_AT_ONCE:
            pass


def announce_everywhere(db: Any) -> None:
    """Announce in all firms what is near its end."""
    for find in (_with_reminders, _with_warnings):
        while _do_some(db, find, announce) == FIRMS_AT_ONCE:
            pass


def _do_some(db: Any, find: Finder, work: Work) -> int:
    with db.transaction(read_only=True) as tx:
        firm_ids = find(tx.session, tx.now)
    for firm_id in firm_ids:
        with db.transaction() as tx:
            work(tx, storage.lock_firm(tx.session, firm_id))
    return len(firm_ids)


def _with_invitations(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_with_overdue(session, now, FIRMS_AT_ONCE)


def _with_licenses(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_with_overdue_licenses(session, now.date(), FIRMS_AT_ONCE)


def _with_licenses_in_use(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_with_licenses_in_use(session, now.date(), FIRMS_AT_ONCE)


def _with_reminders(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_to_remind(session, now, FIRMS_AT_ONCE)


def _with_warnings(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_to_warn(session, now.date(), FIRMS_AT_ONCE)
