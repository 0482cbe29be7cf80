"""What a firm's subscription announces. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a receipt."""

    name: str
    email: str


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
