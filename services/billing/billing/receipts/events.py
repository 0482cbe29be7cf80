"""A receipt, as it is announced. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from billing.firms.events import Recipient


@dataclass(frozen=True)
class Line:
    """One line of a receipt; amounts in minor units."""

    description: str
    quantity: int
    unit_amount: int
    amount: int


@dataclass(frozen=True)
class ReceiptIssued:
    """Money was taken; the receipt goes to these recipients (S1-61, S1-62, S1-65)."""

    TYPE: ClassVar = "receipt_issued.v1"
    SUBJECT: ClassVar = "receipt_id"

    receipt_id: UUID
    number: str
    firm_id: UUID
    firm_name: str
    order_id: UUID
    recipients: list[Recipient]
    lines: list[Line]
    total: int
    currency: str
    issued_at: datetime
