"""Queries on charges."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.charges.charge import Charge
from billing.charges.tables import charges
from billing.firms import storage as firms
from chassis.commands import insert_or_skip
from chassis.paging import Paged

_UNBILLED = sa.select(Charge).where(
    charges.c.firm_id == sa.bindparam("of_firm"), charges.c.statement_id.is_(None)
)
_CHARGES = Paged(_UNBILLED, charges.c.charge_id, descending=True)
_SUM = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(charges.c.amount), 0)).where(
    charges.c.firm_id == sa.bindparam("of_firm"), charges.c.statement_id.is_(None)
)
_MADE_BEFORE = _UNBILLED.where(charges.c.made_at < sa.bindparam("before")).order_by(
    charges.c.made_at, charges.c.charge_id
)


def add_charge(session: Session, charge: Charge) -> bool:
    """Put it on the open account; False if the same thing was charged before."""
    values = {column.name: getattr(charge, column.name) for column in charges.columns}
    return bool(insert_or_skip(session, charges, values))


def list_charges(session: Session, firm_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return a page of what will stand on the next statement, the newest first.

    Raises InvalidCursor.
    """
    return _CHARGES.read(session, limit, cursor, of_firm=firm_id)


def sum_charges(session: Session, firm_id: UUID) -> tuple[int, int]:
    """Return how many charges the open account has, and their sum in minor units."""
    count, total = session.execute(_SUM, {"of_firm": firm_id}).one()
    return count, int(total)


def firms_with_charges(before: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms with something on the open account from before that instant.

    A firm that is closed gets no more statements.
    """
    return sa.select(charges.c.firm_id).where(
        charges.c.statement_id.is_(None),
        charges.c.made_at < before,
        charges.c.firm_id.not_in(firms.closed_firms()),
    )


def open_charges(session: Session, firm_id: UUID, before: datetime) -> Sequence[Charge]:
    """Return the firm's charges of the earliest month that is over and has no statement yet.

    The caller holds the firm's subscription, so nobody else closes that month.
    """
    found = session.scalars(_MADE_BEFORE, {"of_firm": firm_id, "before": before}).all()
    return [charge for charge in found if charge.month == found[0].month]
