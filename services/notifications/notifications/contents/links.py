"""Links in mails: who makes the token behind each; ``pages`` says where it leads.

The token is asked for when the mail is sent and goes into the mail only; it is never stored here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from notifications.mails.letter import Kind


@dataclass(frozen=True)
class Source:
    """The owner's command that makes a token for the thing a mail is about.

    ``more`` names facts of the mail that go with it, where it has them.
    """

    service: str
    command: str
    argument: str
    tells: Mapping[str, str] = field(default_factory=dict)  # what it answers, and as which fact
    more: tuple[str, ...] = ()  # facts that are given along


_INVITING = {
    "firm_name": "firm_name",
    "role": "role",
    "message": "message",
    "invited_by_name": "inviter_name",
    "invited_by_email": "inviter_email",
}
_ASKING = {
    "firm_name": "firm_name",
    "message": "message",
    "requested_by_name": "inviter_name",
    "requested_by_email": "inviter_email",
}
SOURCES: Mapping[Kind, Source] = {
    Kind.VERIFICATION: Source(
        "identity", "issue_verification_link", "account_id", more=("sign_up_id",)
    ),
    Kind.PASSWORD_RESET: Source("identity", "issue_reset_link", "request_id"),
    Kind.EMAIL_CHANGE: Source("identity", "issue_email_change_link", "change_id"),
    Kind.INVITATION: Source("groups", "issue_invitation_link", "invitation_id", _INVITING),
    Kind.INVITATION_EXPIRING: Source("groups", "issue_invitation_link", "invitation_id", _INVITING),
    Kind.CONNECTION_REQUEST: Source("clients", "issue_connection_link", "connection_id", _ASKING),
}


@dataclass(frozen=True)
class Link:
    """Where a mail leads, with its token if it has one: held only while the mail is being sent."""

    url: str
    expires_at: datetime | None  # None: it works for as long as the thing is there
    command: str  # does the same without a browser
    told: dict[str, Any] = field(default_factory=dict)  # facts as they are now, from the owner

    def __repr__(self) -> str:
        """Without the token, should one ever reach a log."""
        return f"Link(expires_at={self.expires_at})"
