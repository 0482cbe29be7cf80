"""Queries on the ledger: entries are added and summed, never changed."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.ledger import EntryKind
from billing.domain.order import Order
from billing.storage.tables import ledger_entries


def add_entry(session: Session, order: Order, kind: EntryKind, now: datetime) -> None:
    """Enter the order's total; the same kind cannot be entered twice for an order."""
    session.execute(
        sa.insert(ledger_entries).values(
            firm_id=order.firm_id,
            order_id=order.id,
            kind=kind,
            amount=order.total,
            currency=order.currency,
            entered_at=now,
        )
    )


def sum_entries(session: Session, firm_id: UUID, currency: str) -> dict[EntryKind, int]:
    """The firm's sum per kind, in minor units of ``currency``."""
    rows = session.execute(
        sa.select(ledger_entries.c.kind, sa.func.sum(ledger_entries.c.amount))
        .where(ledger_entries.c.firm_id == firm_id, ledger_entries.c.currency == currency)
        .group_by(ledger_entries.c.kind)
    )
    return {kind: int(total) for kind, total in rows}
