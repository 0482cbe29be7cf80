"""Facts notifications announces. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class EmailDelivered:
    """The next mail server (or the mail directory) has taken the mail."""

    TYPE: ClassVar = "email_delivered.v1"
    SUBJECT: ClassVar = "about_id"  # an older mail's failure must not overtake a newer success

    mail_id: UUID
    kind: str
    about_id: UUID
    generation: str
    firm_id: UUID | None
    recipient: str
    attempts: int
    delivered_at: datetime


@dataclass(frozen=True)
class EmailFailed:
    """Nobody will try this mail again, and it was not taken."""

    TYPE: ClassVar = "email_failed.v1"
    SUBJECT: ClassVar = "about_id"

    mail_id: UUID
    kind: str
    about_id: UUID
    generation: str
    firm_id: UUID | None
    recipient: str
    attempts: int
    state: str
    reason: str
    detail: str
    failed_at: datetime
