"""Letter: a mail that is owed, before it is written down.

Facts are plain JSON and never hold a token: the link is asked for when the mail is sent.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Kind(StrEnum):
    """What a mail is for; also the name of its folder of templates."""

    VERIFICATION = "verification"
    ALREADY_REGISTERED = "already_registered"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a name
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name
    INVITATION = "invitation"
    WELCOME = "welcome"
    RECEIPT = "receipt"
    PAYMENT_DECLINED = "payment_declined"
    REMOVED = "removed"
    LEFT = "left"
    ROLE_CHANGED = "role_changed"
    LICENSE_WARNING = "license_warning"
    LICENSE_LAPSE = "license_lapse"
    INVITATION_EXPIRING = "invitation_expiring"
    INVITATION_EXPIRED = "invitation_expired"
    REASSIGNMENT = "reassignment"
    CONNECTION_REQUEST = "connection_request"
    STATEMENT = "statement"
    PAYMENT_OVERDUE = "payment_overdue"
    CONNECTION_TRANSFERRED = "connection_transferred"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    ACCOUNT_CLOSED = "account_closed"
    KIND_CHANGED = "kind_changed"


@dataclass(frozen=True)
class Letter:
    """A mail that is owed.

    ``about_id`` is the thing it is about, ``generation`` tells a wanted second mail about the
    same thing (a resent invitation) from the same event heard twice. ``subject_id`` is what else
    news may speak of that end the mail, up to its ``rank`` (overtaking.py).
    """

    kind: Kind
    about_id: UUID
    generation: str
    recipient: str
    recipient_name: str
    firm_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    subject_id: UUID | None = None
    rank: int = 0
