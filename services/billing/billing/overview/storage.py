"""Queries on what is bought, to be paid and was paid, as one screen shows it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.orders.ledger import EntryKind
from billing.orders.order import Order
from billing.orders.storage import OPEN
from billing.orders.tables import ledger_entries, license_terms, orders

SHOWN = 10

_UNPAID = (
    sa.select(Order)
    .where(orders.c.firm_id == sa.bindparam("of_firm"), orders.c.status.in_(OPEN))
    .order_by(orders.c.id)
    .limit(SHOWN)
)
_LICENSES = sa.select(sa.func.count()).where(
    license_terms.c.firm_id == sa.bindparam("of_firm"),
    license_terms.c.paid_through >= sa.bindparam("today"),
)
_CHARGED = sa.select(ledger_entries.c.entered_at, ledger_entries.c.amount).where(
    ledger_entries.c.firm_id == sa.bindparam("of_firm"),
    ledger_entries.c.currency == sa.bindparam("in_currency"),
    ledger_entries.c.kind == EntryKind.CHARGED,
    ledger_entries.c.entered_at >= sa.bindparam("since"),
)


def list_unpaid(session: Session, firm_id: UUID) -> Sequence[Order]:
    """Return the firm's oldest orders that are neither paid nor cancelled."""
    return session.scalars(_UNPAID, {"of_firm": firm_id}).all()


def count_licenses(session: Session, firm_id: UUID, today: date) -> int:
    """Return how many licenses the firm has bought that are paid for today."""
    return session.scalar(_LICENSES, {"of_firm": firm_id, "today": today}) or 0


def list_charged(
    session: Session, firm_id: UUID, currency: str, since: datetime
) -> list[tuple[datetime, int]]:
    """Return when how much of the firm's money was taken, in minor units."""
    asked = {"of_firm": firm_id, "in_currency": currency, "since": since}
    return [(at, int(amount)) for at, amount in session.execute(_CHARGED, asked)]
