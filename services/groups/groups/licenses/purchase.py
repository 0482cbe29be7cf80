"""Licenses that were paid for come into the pool, each with its own year (S1-17, Q3)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import License, Reason
from groups.firms.pool import LicensePool


@dataclass(frozen=True)
class Purchase:
    """What billing says of a paid order."""

    order_id: UUID
    quantity: int
    level: str
    purchased_on: date
    paid_through: date
    purchased_at: datetime | None = None


def add_purchased(firm: Firm, purchase: Purchase, context: Context) -> Changes[list[License]]:
    """Add the order's licenses, unused, to the firm's pool."""
    level = _level(firm.pool, purchase)
    licenses = [
        License(
            id=context.new_id(),
            firm_id=firm.id,
            purchased_on=purchase.purchased_on,
            paid_through=purchase.paid_through,
            level=level,
            order_id=purchase.order_id,
            number=number,
        )
        for number in range(1, purchase.quantity + 1)
    ]
    entries = firm.pool.add(licenses, Reason.PURCHASED, context)
    return Changes(licenses, [*licenses], entries, [firm.pool.changed()])


def _level(pool: LicensePool, purchase: Purchase) -> str | None:
    """Return the order's level, unless all licenses got another since and we heard that first."""
    at, since = purchase.purchased_at, pool.level_since
    return pool.level if at and since and at < since else purchase.level
