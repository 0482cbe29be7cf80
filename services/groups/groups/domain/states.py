"""The states that firms, members, licenses and invitations can be in."""

from enum import StrEnum


class Policy(StrEnum):
    """Which members see which of the firm's clients (D1)."""

    OPEN = "open"
    GROUPS = "groups"
    ASSIGNED = "assigned"


class MemberStatus(StrEnum):
    """Dormant: the membership in one's own solo firm while one works in another."""

    ACTIVE = "active"
    DORMANT = "dormant"
    REMOVED = "removed"


class Departure(StrEnum):
    """How a membership ended: by somebody who manages members, or by one's own will."""

    REMOVED = "removed"
    LEFT = "left"


class LicenseState(StrEnum):
    """Held: by a pending invitation. Lapsed: gone, no longer counted (S1-18, S1-19)."""

    UNUSED = "unused"
    HELD = "held"
    USED = "used"
    LAPSED = "lapsed"


class InvitationStatus(StrEnum):
    """Only a pending invitation holds a license."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Delivery(StrEnum):
    """How far the newest mail of an invitation got (T17)."""

    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
