"""A payment that failed. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from billing.firms.events import Recipient


@dataclass(frozen=True)
class PaymentDeclined:
    """The provider refused; nothing was taken, and the order can be paid again."""

    TYPE: ClassVar = "payment_declined.v1"
    SUBJECT: ClassVar = "order_id"

    payment_id: UUID
    order_id: UUID
    firm_id: UUID
    firm_name: str
    reason: str
    recipients: list[Recipient]
    total: int
    currency: str
