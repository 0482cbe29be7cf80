"""Facts about firms and their members."""

from dataclasses import dataclass
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
class FirmClosed(FirmState):
    """Its last member's account was closed: nothing is owed to it or asked of it any more."""

    TYPE: ClassVar = "firm_closed.v1"


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
    home_firm_name: str


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
