"""Facts about invitations. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from groups.members.permissions import Role


@dataclass(frozen=True)
class InvitedBy:
    """Who invites: mails name this person and, if it is verified, answer to the address."""

    account_id: UUID
    name: str
    email: str
    email_verified: bool


@dataclass(frozen=True)
class InvitationState:
    """An invitation in full, without its link: whoever mails asks for that."""

    SUBJECT: ClassVar = "invitation_id"

    invitation_id: UUID
    firm_id: UUID
    firm_name: str
    email: str
    name: str
    role: Role
    message: str | None
    invited_by: InvitedBy
    inviter_left: bool  # then it goes on in the firm's name: no mail names who left
    expires_at: datetime
    version: int


@dataclass(frozen=True)
class MemberInvited(InvitationState):
    """A pending offer exists and, unless billing-only, holds a license."""

    TYPE: ClassVar = "member_invited.v1"


@dataclass(frozen=True)
class InvitationResent(InvitationState):
    """To be mailed again; links of earlier mails are dead."""

    TYPE: ClassVar = "invitation_resent.v1"


@dataclass(frozen=True)
class InvitationChanged(InvitationState):
    """Another role is offered, or who invited has left; links go on working, no mail is due."""

    TYPE: ClassVar = "invitation_changed.v1"


@dataclass(frozen=True)
class InvitationExpiring(InvitationState):
    """Its end is near: the invitee is to be reminded."""

    TYPE: ClassVar = "invitation_expiring.v1"

    days_left: int


@dataclass(frozen=True)
class InvitationCancelled(InvitationState):
    """Taken back; its license is free again."""

    TYPE: ClassVar = "invitation_cancelled.v1"


@dataclass(frozen=True)
class InvitationLapsed(InvitationState):
    """Nobody accepted in time; its license is free again."""

    TYPE: ClassVar = "invitation_expired.v1"
