"""Invitation: a pending offer to join a firm. It holds a license until it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from chassis.changes import Context
from chassis.links import fingerprint
from groups.accounts.account import Account
from groups.accounts.errors import EmailNotVerified
from groups.firms.firm import Firm
from groups.firms.year import is_near, next_reminder
from groups.invitations import errors
from groups.invitations.events import (
    InvitationCancelled,
    InvitationChanged,
    InvitationExpiring,
    InvitationLapsed,
    InvitationResent,
    InvitationState,
    InvitedBy,
    MemberInvited,
)
from groups.invitations.states import Delivery, InvitationStatus
from groups.members.member import Member
from groups.members.permissions import Role

Said = TypeVar("Said", bound=InvitationState)

ALREADY_IN = "you are a member of this firm already"
HAS_EXPIRED = "this invitation has expired"
REFUSALS = {
    InvitationStatus.ACCEPTED: (
        errors.InvitationAlreadyAccepted,
        "this invitation has been used: it was good for one membership",
    ),
    InvitationStatus.CANCELLED: (errors.InvitationWasCancelled, "this invitation was taken back"),
    InvitationStatus.EXPIRED: (errors.InvitationExpired, HAS_EXPIRED),
}


@dataclass(eq=False)
class InvitationLink:
    """One mailed link. It works while its generation is the invitation's current one."""

    token_hash: str
    invitation_id: UUID
    generation: int
    issued_at: datetime


@dataclass(frozen=True)
class Signature:
    """Who a mail says invites; a firm writes no message, and nobody answers for it."""

    name: str
    email: str | None
    message: str | None


@dataclass(eq=False)
class Invitation:
    """An offer to one address, good for one membership."""

    id: UUID
    firm_id: UUID
    email: str  # as the inviter typed it: mail goes there
    address: str  # the same in the form in which addresses are compared
    name: str
    role: Role
    message: str | None
    inviter_account_id: UUID
    inviter_name: str
    inviter_email: str
    created_at: datetime
    expires_at: datetime
    inviter_verified: bool = False  # whether the inviter's address was proven when inviting
    license_id: UUID | None = None  # kept after the end too: the biography points here
    status: InvitationStatus = InvitationStatus.PENDING
    generation: int = 1  # of its links: sending again starts a new one
    version: int = 1
    mailed_version: int = 1  # the version that the newest mail tells of
    delivery: Delivery = Delivery.SENDING
    delivery_reason: str | None = None
    delivery_at: datetime | None = None
    remind_at: datetime | None = None  # when its end is announced next; None: not any more
    inviter_left: bool = False  # then it goes on in the firm's name

    def __post_init__(self) -> None:
        self.remind_at = next_reminder(self.expires_at, self.created_at)

    def require_open(self, now: datetime) -> None:
        """Raise the error that says how the invitation ended, if it did (T10)."""
        self._require_pending()
        if self.is_overdue(now):
            raise errors.InvitationExpired(HAS_EXPIRED)

    def require_current(self, link: InvitationLink, now: datetime) -> None:
        """Raise InvitationLinkReplaced for an older mail's link (T05); else as ``require_open``."""
        if self.status is InvitationStatus.PENDING and link.generation != self.generation:
            raise errors.InvitationLinkReplaced("a newer mail has replaced this link")
        self.require_open(now)

    def refuse_again(self, member: Member | None) -> None:
        """Raise AlreadyAMember for a member of the firm who clicks a spent link once more."""
        spent = self.status is InvitationStatus.ACCEPTED
        if spent and member is not None and member.firm_id == self.firm_id:
            raise errors.AlreadyAMember(ALREADY_IN)

    def is_overdue(self, now: datetime) -> bool:
        """Return whether its time is over (Q1): the instant of expiry itself is too late."""
        return now >= self.expires_at

    def invited(self, firm: Firm) -> MemberInvited:
        """Return the fact that the offer stands."""
        return self._said_as(MemberInvited, firm)

    def issue_link(self, token: str, now: datetime) -> InvitationLink:
        """Return a further link of the current generation.

        Earlier ones of it go on working, so that a repeated mail kills no link already sent.
        """
        self.require_open(now)
        return InvitationLink(fingerprint(token), self.id, self.generation, now)

    def resend(self, firm: Firm, now: datetime, term: timedelta) -> InvitationResent:
        """Renew the expiry and kill older links; the license it holds stays the same (T05)."""
        self._require_pending()
        self.expires_at = now + term
        self.generation += 1
        self.version += 1
        self.mailed_version, self.remind_at = self.version, next_reminder(self.expires_at, now)
        self.delivery, self.delivery_reason, self.delivery_at = Delivery.SENDING, None, None
        return self._said_as(InvitationResent, firm)

    def remind(self, firm: Firm, now: datetime) -> InvitationExpiring | None:
        """Announce that its end is near; None where it is over, or that was said."""
        due = self.remind_at is not None and self.remind_at <= now
        self.remind_at = next_reminder(self.expires_at, now)
        if not due or self.status is not InvitationStatus.PENDING or self.is_overdue(now):
            return None
        days_left = max(1, round((self.expires_at - now) / timedelta(days=1)))
        if not is_near(days_left):
            return None
        return self._said_as(InvitationExpiring, firm, days_left=days_left)

    def mailed(self, version: int, delivery: Delivery, reason: str | None, at: datetime) -> None:
        """Note how far a mail of it got; news of a mail older than the newest change nothing (T17).

        A mail that was taken was taken, whatever is heard of another attempt at it.
        """
        if version == self.mailed_version and self.delivery is not Delivery.DELIVERED:
            self.delivery, self.delivery_reason, self.delivery_at = delivery, reason, at

    def offer_role(self, role: Role, license_id: UUID | None, firm: Firm) -> InvitationChanged:
        """Offer another role, with the license that goes with it."""
        self.role = role
        self.license_id = license_id
        self.version += 1
        return self._said_as(InvitationChanged, firm)

    def go_on_without_inviter(self, firm: Firm) -> InvitationChanged:
        """Stand in the firm's name from now on: who invited is no member any more."""
        self.inviter_left = True
        self.version += 1
        return self._said_as(InvitationChanged, firm)

    def signed_by(self, firm_name: str) -> Signature:
        """Return in whose name it goes out now, and with whose words."""
        if self.inviter_left:
            return Signature(firm_name, None, None)
        return Signature(self.inviter_name, self.inviter_email, self.message)

    def cancel(self, firm: Firm) -> InvitationCancelled:
        """Take a pending offer back, or an expired one out of the list (S1-42, S1-46)."""
        if self.status is not InvitationStatus.EXPIRED:
            self._require_pending()
        return self._end(InvitationStatus.CANCELLED, InvitationCancelled, firm)

    def expire(self, firm: Firm, now: datetime) -> InvitationLapsed | None:
        """End it when its time is over; None where it is not (Q1)."""
        if self.status is not InvitationStatus.PENDING or not self.is_overdue(now):
            return None
        return self._end(InvitationStatus.EXPIRED, InvitationLapsed, firm)

    def accept(self, account: Account, link: InvitationLink, context: Context) -> None:
        """Spend it on this account. Raises when it has ended, or is not for this account."""
        self.require_current(link, context.at)
        if not account.is_professional:
            raise errors.ClientAccountCannotJoin("a client's account cannot join a firm")
        if account.address != self.address:
            raise errors.InvitationForOtherAddress("the invitation is for another address")
        if not account.email_verified:
            raise EmailNotVerified("verify the address first")
        self.status = InvitationStatus.ACCEPTED
        self.version += 1

    def _require_pending(self) -> None:
        if self.status is not InvitationStatus.PENDING:
            refusal, sentence = REFUSALS[self.status]
            raise refusal(sentence)

    def _end(self, status: InvitationStatus, event: type[Said], firm: Firm) -> Said:
        self.status = status
        self.version += 1
        return self._said_as(event, firm)

    def _said_as(self, event: type[Said], firm: Firm, **more: Any) -> Said:
        return event(
            invitation_id=self.id,
            firm_id=self.firm_id,
            firm_name=firm.name,
            email=self.email,
            name=self.name,
            role=self.role,
            message=self.message,
            invited_by=InvitedBy(
                self.inviter_account_id,
                self.inviter_name,
                self.inviter_email,
                self.inviter_verified,
            ),
            inviter_left=self.inviter_left,
            expires_at=self.expires_at,
            version=self.version,
            **more,
        )
