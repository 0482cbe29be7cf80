"""Cause that overtake mails: what has happened meanwhile, and which mails it makes untrue.

Events may arrive in any order, so what is overtaken is remembered: a mail that is owed after the
news which ends it is dropped before it leaves. ``through`` is the highest rank that is overtaken;
ranks grow with what a mail tells of: a version, a stage, an instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from notifications.mails.letter import Kind

EVERY = 2**62  # beyond any rank: nothing of this kind is true any more


class Cause(StrEnum):
    """What overtakes mails; also the reason that a mail dropped for it shows."""

    EMAIL_VERIFIED = "email_verified"
    ACCOUNT_CLOSED = "account_closed"
    SENT_AGAIN = "sent_again"
    INVITATION_ACCEPTED = "invitation_accepted"
    INVITATION_CANCELLED = "invitation_cancelled"
    INVITATION_EXPIRED = "invitation_expired"
    INVITED_AGAIN = "invited_again"
    MEMBER_REMOVED = "member_removed"
    JOINED_AGAIN = "joined_again"
    ROLE_CHANGED_AGAIN = "role_changed_again"
    LICENSES_ENDED = "licenses_ended"
    WARNED_AGAIN = "warned_again"
    PAID = "paid"
    DECLINED_AGAIN = "declined_again"
    ORDER_CANCELLED = "order_cancelled"
    SUSPENDED = "suspended"
    HANDOVER_UNDONE = "handover_undone"
    CONNECTION_ASKED_AGAIN = "connection_asked_again"
    CONNECTION_WITHDRAWN = "connection_withdrawn"
    CONNECTION_ACCEPTED = "connection_accepted"
    CONNECTION_DECLINED = "connection_declined"
    CONNECTION_ENDED = "connection_ended"
    CONNECTION_TRANSFERRED = "connection_transferred"


# A kind that stands nowhere here stays true: a receipt, a statement, a password that was changed.
# A reset link and an invitation's also end with what their owner refuses to link to.
_INVITING = (Kind.INVITATION, Kind.INVITATION_EXPIRING)
ENDS: Mapping[Cause, tuple[Kind, ...]] = {
    Cause.EMAIL_VERIFIED: (Kind.VERIFICATION,),
    Cause.ACCOUNT_CLOSED: (
        Kind.VERIFICATION,
        Kind.ALREADY_REGISTERED,
        Kind.PASSWORD_CHANGED,
        Kind.EMAIL_CHANGE,
        Kind.EMAIL_CHANGE_ASKED,
    ),
    Cause.SENT_AGAIN: _INVITING,
    Cause.INVITATION_ACCEPTED: _INVITING,
    Cause.INVITATION_CANCELLED: (*_INVITING, Kind.INVITATION_EXPIRED),
    Cause.INVITATION_EXPIRED: _INVITING,
    Cause.INVITED_AGAIN: (Kind.INVITATION_EXPIRED,),
    Cause.MEMBER_REMOVED: (Kind.WELCOME, Kind.ROLE_CHANGED),
    Cause.JOINED_AGAIN: (Kind.REMOVED, Kind.LEFT),
    Cause.ROLE_CHANGED_AGAIN: (Kind.ROLE_CHANGED,),
    Cause.LICENSES_ENDED: (Kind.LICENSE_WARNING,),
    Cause.WARNED_AGAIN: (Kind.LICENSE_WARNING,),
    Cause.PAID: (Kind.PAYMENT_DECLINED, Kind.PAYMENT_OVERDUE),
    Cause.DECLINED_AGAIN: (Kind.PAYMENT_DECLINED,),
    Cause.ORDER_CANCELLED: (Kind.PAYMENT_DECLINED,),
    Cause.SUSPENDED: (Kind.PAYMENT_OVERDUE,),
    Cause.HANDOVER_UNDONE: (Kind.REASSIGNMENT,),
    Cause.CONNECTION_ASKED_AGAIN: (Kind.CONNECTION_REQUEST,),
    Cause.CONNECTION_WITHDRAWN: (Kind.CONNECTION_REQUEST,),
    Cause.CONNECTION_ACCEPTED: (Kind.CONNECTION_REQUEST,),
    Cause.CONNECTION_DECLINED: (Kind.CONNECTION_REQUEST,),
    Cause.CONNECTION_ENDED: (Kind.CONNECTION_REQUEST, Kind.CONNECTION_TRANSFERRED),
    Cause.CONNECTION_TRANSFERRED: (Kind.CONNECTION_REQUEST, Kind.CONNECTION_TRANSFERRED),
}


@dataclass(frozen=True)
class Overtaking:
    """Mails of the news' kinds about this subject, up to this rank, are true no more."""

    cause: Cause
    subject_id: UUID
    through: int = EVERY

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Which mails it ends."""
        return ENDS[self.cause]
