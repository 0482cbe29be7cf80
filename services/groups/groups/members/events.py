"""Facts about members. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from groups.members.permissions import Role
from groups.members.states import MemberStatus


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
