"""Licenses that were bought: their level, and how long each is paid for."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.order import Order
from billing.domain.period import one_year_after
from billing.domain.plan import Level
from billing.domain.plan_change import LicenseTerm
from billing.storage.statement_tables import license_terms
from billing.storage.tables import orders


def add_terms(session: Session, order: Order, today: date) -> None:
    """A paid order's licenses, each through a year from today (S1-16, S1-17)."""
    rows = [
        {
            "order_id": order.id,
            "number": number,
            "firm_id": order.firm_id,
            "level": order.level,
            "paid_through": one_year_after(today),
        }
        for number in range(1, order.quantity + 1)
    ]
    session.execute(sa.insert(license_terms), rows)


def extend_term(session: Session, order_id: UUID, number: int, paid_through: date) -> None:
    """It goes on through that day; older news change nothing."""
    mine = license_terms.c.order_id == order_id, license_terms.c.number == number
    later = sa.update(license_terms).where(*mine, license_terms.c.paid_through < paid_through)
    session.execute(later.values(paid_through=paid_through))


def drop_term(session: Session, order_id: UUID, number: int) -> None:
    """It is gone, uncharged (S1-20)."""
    mine = license_terms.c.order_id == order_id, license_terms.c.number == number
    session.execute(sa.delete(license_terms).where(*mine))


def list_terms(session: Session, firm_id: UUID, today: date) -> Sequence[LicenseTerm]:
    """The firm's licenses that are paid for beyond today."""
    live = sa.select(LicenseTerm).where(
        license_terms.c.firm_id == firm_id, license_terms.c.paid_through > today
    )
    return session.scalars(live).all()


def list_license_prices(session: Session, firm_id: UUID, today: date) -> list[dict[str, Any]]:
    """What a license of each order cost whose licenses the firm has paid for today."""
    running = sa.select(license_terms.c.order_id).where(
        license_terms.c.firm_id == firm_id, license_terms.c.paid_through >= today
    )
    priced = sa.select(orders.c.id.label("order_id"), orders.c.unit_amount, orders.c.currency)
    priced = priced.where(orders.c.firm_id == firm_id, orders.c.id.in_(running))
    return [dict(row) for row in session.execute(priced.order_by(orders.c.id)).mappings()]


def set_level(session: Session, firm_id: UUID, level: Level) -> None:
    """All of the firm's licenses take that level."""
    theirs = sa.update(license_terms).where(license_terms.c.firm_id == firm_id)
    session.execute(theirs.values(level=level))
