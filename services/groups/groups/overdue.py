"""What time ends by itself: invitations nobody accepted, licenses nobody was given."""

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


def end_overdue(tx: Transaction, firm: Firm) -> None:
    """End what is overdue in the firm, which is held: invitations first, they free licenses."""
    by_time = Act(None, tx.now, tx.new_id)
    invitations = storage.list_held(tx.session, firm.id, overdue_at=tx.now)
    settle(tx, ending.expire_all(firm, invitations, by_time))
    unused = storage.list_overdue_licenses(tx.session, firm.id, tx.now.date())
    settle(tx, lapsing.lapse_all(firm, unused, by_time))


def end_everywhere(db: Any) -> None:
    """End what is overdue in all firms, one firm after the other."""
    for find in (_with_invitations, _with_licenses):
        while _end_some(db, find) == FIRMS_AT_ONCE:
            pass


def _end_some(db: Any, find: Finder) -> int:
    with db.transaction(read_only=True) as tx:
        firm_ids = find(tx.session, tx.now)
    for firm_id in firm_ids:
        with db.transaction() as tx:
            end_overdue(tx, storage.lock_firm(tx.session, firm_id))
    return len(firm_ids)


def _with_invitations(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_with_overdue(session, now, FIRMS_AT_ONCE)


def _with_licenses(session: Session, now: datetime) -> list[UUID]:
    return storage.list_firms_with_overdue_licenses(session, now.date(), FIRMS_AT_ONCE)
