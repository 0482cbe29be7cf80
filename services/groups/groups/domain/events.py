"""Facts groups announces. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from groups.domain.permissions import Role
from groups.domain.states import Departure, MemberStatus, Policy


@dataclass(frozen=True)
class FirmState:
    """A firm in full, as its events carry it."""

    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    name: str
    solo: bool
    policy: Policy
    owner_account_id: UUID
    version: int


@dataclass(frozen=True)
class FirmCreated(FirmState):
    """A professional registered, so there is a solo firm."""

    TYPE: ClassVar = "firm_created.v1"


@dataclass(frozen=True)
class FirmChanged(FirmState):
    """Name, policy, or whether there are other members."""

    TYPE: ClassVar = "firm_changed.v1"


@dataclass(frozen=True)
class MemberState:
    """A member in full.

    ``left_firm_id``, ``invitation_id`` and ``invited_by_name`` say how they came; set on joining.
    """

    SUBJECT: ClassVar = "member_id"

    member_id: UUID
    firm_id: UUID
    account_id: UUID
    name: str
    email: str
    role: Role
    senior: bool
    status: MemberStatus
    left_firm_id: UUID | None
    invitation_id: UUID | None
    firm_name: str
    invited_by_name: str | None
    version: int


@dataclass(frozen=True)
class MemberJoined(MemberState):
    """Somebody is a member from now on: by founding the firm or by accepting an invitation."""

    TYPE: ClassVar = "member_joined.v1"


@dataclass(frozen=True)
class MemberChanged(MemberState):
    """Name, address, role, mark or status."""

    TYPE: ClassVar = "member_changed.v1"


@dataclass(frozen=True)
class MemberRemoved(MemberState):
    """Somebody is no longer a member: removed, or gone by their own will; access ends with it.

    ``home_firm_id`` and ``home_member_id`` say where the account works from now on.
    """

    TYPE: ClassVar = "member_removed.v1"

    reason: Departure
    removed_by_account_id: UUID
    removed_by_name: str
    keep_clients: bool
    departure_id: UUID | None
    home_firm_id: UUID
    home_member_id: UUID


@dataclass(frozen=True)
class RoleChanged:
    """A member is something else in the firm; said beside the state, for whoever tells them."""

    TYPE: ClassVar = "role_changed.v1"
    SUBJECT: ClassVar = "member_id"

    member_id: UUID
    firm_id: UUID
    firm_name: str
    account_id: UUID
    name: str
    email: str
    old_role: Role
    new_role: Role
    changed_by_name: str
    version: int


@dataclass(frozen=True)
class InvitedBy:
    """Who invites: mails name this person and answer to the address."""

    account_id: UUID
    name: str
    email: str


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
    """Another role is offered; links go on working, and no mail needs to go out."""

    TYPE: ClassVar = "invitation_changed.v1"


@dataclass(frozen=True)
class InvitationCancelled(InvitationState):
    """Taken back; its license is free again."""

    TYPE: ClassVar = "invitation_cancelled.v1"


@dataclass(frozen=True)
class InvitationLapsed(InvitationState):
    """Nobody accepted in time; its license is free again."""

    TYPE: ClassVar = "invitation_expired.v1"


@dataclass(frozen=True)
class LicenseExpired:
    """Nobody was given it within its year: it is gone, and is not to be renewed (S1-20)."""

    TYPE: ClassVar = "license_expired.v1"
    SUBJECT: ClassVar = "license_id"

    license_id: UUID
    firm_id: UUID
    order_id: UUID | None


@dataclass(frozen=True)
class LicensePoolChanged:
    """The counts of the firm's licenses: ``total`` is always ``unused + held + used``."""

    TYPE: ClassVar = "license_pool_changed.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    total: int
    unused: int
    held: int
    used: int
    version: int
