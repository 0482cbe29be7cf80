"""The states that invitations and their mails can be in."""

from enum import StrEnum


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
