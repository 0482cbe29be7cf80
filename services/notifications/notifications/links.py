"""Links in mails: who makes the token behind each; ``pages`` says where it leads.

The token is asked for when the mail is sent and goes into the mail only; it is never stored here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from notifications.domain.letters import Kind
from notifications.domain.mail import Mail
from notifications.pages import target
from notifications.rendering import Link


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


def ask_for_link(mail: Mail, remotes: Mapping[str, Any], public_url: str) -> Link:
    """Where ``mail`` leads, with a fresh token for a kind that needs one.

    Raises what the owner answers: NotFound or Conflict when there is nothing to link to any more.
    """
    source = SOURCES.get(mail.kind)
    if source is None:
        there = target(mail, public_url)
        return Link(there.url, None, there.command)
    command = getattr(remotes[source.service], source.command)
    more = {name: mail.facts[name] for name in source.more if name in mail.facts}
    issued = command(**{source.argument: str(mail.about_id)}, **more)
    there = target(mail, public_url, issued["token"])
    told = {fact: issued[name] for name, fact in source.tells.items() if name in issued}
    return Link(there.url, datetime.fromisoformat(issued["expires_at"]), there.command, told)
