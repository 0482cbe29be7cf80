"""LicenseTerm: how long a license that was bought is paid for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.plans.plan import Level


@dataclass(eq=False)
class LicenseTerm:
    """A license that was bought, by order and number, and how long it is paid for."""

    order_id: UUID
    number: int
    firm_id: UUID
    level: Level
    paid_through: date
