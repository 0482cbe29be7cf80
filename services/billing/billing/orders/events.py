"""What becomes of an order. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class LicensesPurchased:
    """Licenses are paid for; each lasts through ``paid_through`` unless it is renewed."""

    TYPE: ClassVar = "licenses_purchased.v1"
    SUBJECT: ClassVar = "order_id"

    order_id: UUID
    firm_id: UUID
    quantity: int
    level: str
    purchased_at: datetime
    paid_through: date
    bought_by: UUID  # an account


@dataclass(frozen=True)
class OrderCancelled:
    """It is not wanted any more: nobody is to pay it."""

    TYPE: ClassVar = "order_cancelled.v1"
    SUBJECT: ClassVar = "order_id"

    order_id: UUID
    firm_id: UUID
