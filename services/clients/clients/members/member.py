"""Member: what groups says of one, and how they stand in their firm."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from clients.members.viewer import Role


class MemberStatus(StrEnum):
    """Whether a membership counts now; a dormant one sleeps while its owner is elsewhere."""

    ACTIVE = "active"
    DORMANT = "dormant"
    REMOVED = "removed"


@dataclass(frozen=True)
class Member:
    """A member as groups last described them."""

    member_id: UUID
    firm_id: UUID
    account_id: UUID
    name: str
    email: str
    role: Role
    senior: bool
    status: MemberStatus
    version: int

    @property
    def gives_up_clients(self) -> bool:
        """Whether nobody can leave clients with this member: removed, or billing-only (S1-90)."""
        return self.status is MemberStatus.REMOVED or self.role is Role.BILLING_ONLY


def member_from(state: dict[str, Any]) -> Member:
    """Return the member that an event or an answer of groups describes."""
    return Member(**{field.name: state[field.name] for field in fields(Member)})
