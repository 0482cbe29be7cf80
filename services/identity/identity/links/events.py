"""Say what is to be mailed with a link. Field names are public: they stand in asyncapi.json.

The link itself is in none: it is asked for when the mail is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class EmailChangeRequested:
    """The owner wants another address: its mailbox gets a link, the present one a warning.

    `taken` says that another proven account has it; then that one's owner is told instead.
    """

    TYPE: ClassVar = "email_change_requested.v1"
    SUBJECT: ClassVar = "account_id"

    change_id: UUID
    account_id: UUID
    email: str
    name: str
    email_verified: bool
    new_email: str
    taken: bool
    requested_at: datetime


@dataclass(frozen=True)
class PasswordResetRequested:
    """The owner of this address may be mailed a link to set a new password."""

    TYPE: ClassVar = "password_reset_requested.v1"
    SUBJECT: ClassVar = "account_id"

    request_id: UUID
    account_id: UUID
    email: str
    name: str
    email_verified: bool
