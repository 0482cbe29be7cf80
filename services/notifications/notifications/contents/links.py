"""Links in mails: who makes the token behind each; ``pages`` says where it leads.

The token is asked for when the mail is sent and goes into the mail only; it is never stored here.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from notifications.mails.letter import Kind
from notifications.mails.mail import Mail


@dataclass(frozen=True)
class Source:
    """The owner's command that makes a token for the thing a mail is about.

    ``more`` names facts of the mail that go with it, where it has them. A command with
    ``several`` takes a list of things and answers each with a link or a refusal.
    """

    service: str
    command: str
    argument: str
    tells: Mapping[str, str] = field(default_factory=dict)  # what it answers, and as which fact
    more: tuple[str, ...] = ()  # facts that are given along
    several: bool = False


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
_INVITATIONS = Source("groups", "issue_invitation_links", "invitation_ids", _INVITING, several=True)
SOURCES: Mapping[Kind, Source] = {
    Kind.VERIFICATION: Source(
        "identity", "issue_verification_link", "account_id", more=("sign_up_id",)
    ),
    Kind.PASSWORD_RESET: Source("identity", "issue_reset_link", "request_id"),
    Kind.EMAIL_CHANGE: Source("identity", "issue_email_change_link", "change_id"),
    Kind.INVITATION: _INVITATIONS,
    Kind.INVITATION_EXPIRING: _INVITATIONS,
    Kind.CONNECTION_REQUEST: Source("clients", "issue_connection_link", "connection_id", _ASKING),
}


def asked_together(mails: Iterable[Mail]) -> list[list[Mail]]:
    """Return the mails in parts: those whose links one call asks for, and each other by itself.

    One that has failed before is asked for by itself, lest it fails the others once more.
    """
    parts: dict[Hashable, list[Mail]] = {}
    for mail in mails:
        source = SOURCES.get(mail.kind)
        part = source.command if source and source.several and mail.attempts <= 1 else mail.id
        parts.setdefault(part, []).append(mail)
    return list(parts.values())


@dataclass(frozen=True)
class Link:
    """Where a mail leads, with its token if it has one: held only while the mail is being sent."""

    url: str
    expires_at: datetime | None  # None: it works for as long as the thing is there
    command: str  # does the same without a browser
    told: dict[str, Any] = field(default_factory=dict)  # facts as they are now, from the owner

    def __repr__(self) -> str:
        """Return the link without the token, should one ever reach a log."""
        return f"Link(expires_at={self.expires_at})"
