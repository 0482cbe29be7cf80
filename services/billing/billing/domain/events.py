"""Facts billing announces. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a receipt."""

    name: str
    email: str


@dataclass(frozen=True)
class Line:
    """One line of a receipt; amounts in minor units."""

    description: str
    quantity: int
    unit_amount: int
    amount: int


@dataclass(frozen=True)
class SubscriptionChanged:
    """The full state of a firm's subscription; a lower version is older news."""

    TYPE: ClassVar = "subscription_changed.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    plan: str
    level: str | None
    status: str
    period_end: date
    version: int


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


@dataclass(frozen=True)
class OrderCancelled:
    """It is not wanted any more: nobody is to pay it."""

    TYPE: ClassVar = "order_cancelled.v1"
    SUBJECT: ClassVar = "order_id"

    order_id: UUID
    firm_id: UUID


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


@dataclass(frozen=True)
class LicenseLevelsChanged:
    """The firm's plan is another: all its licenses take the level from now on."""

    TYPE: ClassVar = "license_levels_changed.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    from_level: str | None
    level: str
    changed_by: UUID
    changed_at: datetime
    version: int
