"""Invitations that a leaver has sent and nobody has answered: taken back, or the firm's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import Reason
from groups.invitations import ending
from groups.invitations.errors import InvitationNotFound
from groups.invitations.invitation import Invitation
from groups.invitations.states import InvitationStatus
from groups.members.member import Member
from groups.members.permissions import Role

_SEPARATORS = re.compile(r"[._-]")


class Resemblance(StrEnum):
    """Why an invitation may be to an address of the leaver's own."""

    SAME_LOCAL_PART = "same_local_part"
    SAME_NAME = "same_name"


@dataclass(frozen=True)
class Cancelling:
    """Which of a leaver's invitations are taken back as they go: all, these, or none."""

    all: bool = False
    ids: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        """Return whether any is to be taken back."""
        return self.all or bool(self.ids)

    def takes(self, invitation: Invitation) -> bool:
        """Return whether this one is to be taken back."""
        return self.all or invitation.id in self.ids


@dataclass(frozen=True)
class LeftBehind:
    """A pending invitation of the leaver's, and what speaks for an address of their own."""

    invitation: Invitation
    resembles: tuple[Resemblance, ...]


def resemblances(invitation: Invitation, leaver: Member) -> tuple[Resemblance, ...]:
    """Return what the invitee has in common with the leaver; the domain says nothing.

    Local parts are compared without case, dots, hyphens, underscores and what follows a plus;
    names without case and in any order of their words.
    """
    found = []
    if _local_part(invitation.email) == _local_part(leaver.email):
        found.append(Resemblance.SAME_LOCAL_PART)
    if _words(invitation.name) == _words(leaver.name):
        found.append(Resemblance.SAME_NAME)
    return tuple(found)


def worst_first(invitations: Iterable[Invitation], leaver: Member) -> list[LeftBehind]:
    """Return those that may be to the leaver themselves, then those as admin, then the others."""
    found = [LeftBehind(one, resemblances(one, leaver)) for one in invitations]
    return sorted(found, key=_how_harmless)


def part(
    firm: Firm, sent: Sequence[ending.Held], cancelling: Cancelling, context: Context
) -> Changes[None]:
    """Take back what is to be taken back; the rest stands in the firm's name from now on.

    One that was answered or ended meanwhile stays as it is. Raises InvitationNotFound for an id
    that is none of the leaver's.
    """
    if not cancelling.ids <= {invitation.id for invitation, _ in sent}:
        raise InvitationNotFound("an invitation to cancel is none that the member has sent")
    pending = [held for held in sent if held[0].status is InvitationStatus.PENDING]
    dropped = [held for held in pending if cancelling.takes(held[0])]
    changes = ending.cancel_all(firm, dropped, Reason.INVITATION_CANCELLED, context)
    for invitation, _ in pending:
        if not cancelling.takes(invitation):
            changes.events.append(invitation.go_on_without_inviter(firm))
    return changes


def _how_harmless(one: LeftBehind) -> tuple[bool, bool, UUID]:
    return not one.resembles, one.invitation.role is not Role.ADMIN, one.invitation.id


def _local_part(email: str) -> str:
    local = email.rpartition("@")[0].partition("+")[0]
    return _SEPARATORS.sub("", local).casefold()


def _words(name: str) -> list[str]:
    return sorted(name.casefold().split())
