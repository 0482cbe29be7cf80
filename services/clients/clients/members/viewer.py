"""A member as the rules see them: which role, under which policy, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a member is in the firm (D2); the words are groups'."""

    ADMIN = "admin"
    MEMBER = "member"
    PRACTITIONER = "practitioner"
    BILLING_ONLY = "billing_only"


class Policy(StrEnum):
    """How far a firm opens its clients to its members (D1)."""

    OPEN = "open"
    GROUPS = "groups"
    ASSIGNED = "assigned"


@dataclass(frozen=True)
class Viewer:
    """A member of a firm as the access rule sees them."""

    member_id: UUID
    firm_id: UUID
    role: Role
    senior: bool = False
    active: bool = True
    policy: Policy = Policy.OPEN

    @property
    def works_on_clients(self) -> bool:
        """Everybody does but billing-only members (S1-63)."""
        return self.active and self.role is not Role.BILLING_ONLY

    @property
    def manages_records(self) -> bool:
        """Whether records may be written and clients taken: admins and members (D2, S1-86)."""
        return self.active and self.role in (Role.ADMIN, Role.MEMBER)

    @property
    def reassigns(self) -> bool:
        """Whether clients may be given to others (S1-88)."""
        return self.active and self.role is Role.ADMIN

    @property
    def removes_members(self) -> bool:
        """Whether members may be removed: by admins and billing-only members (S1-64)."""
        return self.active and self.role in (Role.ADMIN, Role.BILLING_ONLY)

    @property
    def sees_whole_firm(self) -> bool:
        """Whether the firm's policy alone opens every client to this member.

        An admin sees all under each policy, or nobody could assign what is assigned to nobody.
        """
        if not self.works_on_clients or self.role is Role.PRACTITIONER:
            return False
        if self.role is Role.ADMIN or self.policy is Policy.OPEN:
            return True
        return self.policy is Policy.GROUPS and self.senior
