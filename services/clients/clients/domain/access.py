"""Who may see a client, and why: the one rule that everything about access rests on.

A new reason is one entry in ``RULES`` and its twin in ``storage/access.py``; a property test
proves on both databases that the two agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
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


class Reason(StrEnum):
    """Why a member may see a client."""

    ASSIGNED = "assigned"
    FIRM_POLICY = "firm_policy"


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


class Subject(Protocol):
    """What the rule reads of a client."""

    @property
    def firm_id(self) -> UUID:
        """Whose the client is."""

    @property
    def assigned_member_id(self) -> UUID | None:
        """Who works with the client; None: nobody."""


RULES: dict[Reason, Callable[[Viewer, Subject], bool]] = {
    Reason.ASSIGNED: lambda viewer, client: client.assigned_member_id == viewer.member_id,
    Reason.FIRM_POLICY: lambda viewer, client: viewer.sees_whole_firm,
}


def reasons(viewer: Viewer, client: Subject) -> list[Reason]:
    """Every reason why this member may see this client; none means: may not (S1-36, S1-63)."""
    if not viewer.works_on_clients or client.firm_id != viewer.firm_id:
        return []
    return [reason for reason, holds in RULES.items() if holds(viewer, client)]
