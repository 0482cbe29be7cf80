"""What becomes of a statement. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from billing.firms.events import Recipient
from billing.receipts.events import Line


@dataclass(frozen=True)
class StatementIssued:
    """A month's charges; ``total`` is then taken by one payment, 0 if there is nothing to pay."""

    TYPE: ClassVar = "statement_issued.v1"
    SUBJECT: ClassVar = "statement_id"

    statement_id: UUID
    number: str
    firm_id: UUID
    firm_name: str
    month: str
    recipients: list[Recipient]
    lines: list[Line]
    total: int
    currency: str
    issued_at: datetime


@dataclass(frozen=True)
class StatementOverdue:
    """A statement is not paid: ``stage`` is reminder, or suspended when the grace is over."""

    TYPE: ClassVar = "payment_overdue.v1"
    SUBJECT: ClassVar = "statement_id"

    statement_id: UUID
    order_id: UUID
    firm_id: UUID
    firm_name: str
    number: str
    stage: str
    grace_until: datetime
    recipients: list[Recipient]
    total: int
    currency: str
