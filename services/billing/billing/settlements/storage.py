"""Queries on the simulated provider's books; only the sandbox gateway uses them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.settlements.tables import sandbox_charges
from chassis.commands import insert_or_skip

_CHARGE = sa.select(sandbox_charges).where(
    sandbox_charges.c.idempotency_key == sa.bindparam("of_key")
)


def add_sandbox_charge(session: Session, charge: dict[str, Any], now: datetime) -> bool:
    """Book a charge under its key; False where that key was booked before."""
    return bool(insert_or_skip(session, sandbox_charges, {**charge, "charged_at": now}))


def get_sandbox_charge(session: Session, key: UUID) -> sa.Row[Any]:
    """Return what is booked under the key: its row."""
    return session.execute(_CHARGE, {"of_key": key}).one()
