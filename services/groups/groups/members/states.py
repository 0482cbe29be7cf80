"""The states that members can be in."""

from enum import StrEnum


class MemberStatus(StrEnum):
    """Dormant: the membership in one's own solo firm while one works in another."""

    ACTIVE = "active"
    DORMANT = "dormant"
    REMOVED = "removed"
