"""Ending pending invitations: each frees the license it holds."""

from collections.abc import Iterable

from groups.domain.act import Act
from groups.domain.firm import Firm
from groups.domain.invitation import Invitation
from groups.domain.license import Entry, For, License, Reason
from groups.domain.outcome import Outcome
from groups.domain.states import InvitationStatus

Held = tuple[Invitation, License | None]  # an invitation and the license that stands behind it


def cancel(firm: Firm, invitation: Invitation, license: License | None, act: Act) -> Outcome[None]:
    """Take one invitation back (S1-42, S1-43)."""
    return cancel_all(firm, [(invitation, license)], Reason.INVITATION_CANCELLED, act)


def cancel_all(firm: Firm, held: Iterable[Held], reason: Reason, act: Act) -> Outcome[None]:
    """Take these invitations back; ``reason`` is what their licenses' biographies say."""
    outcome: Outcome[None] = Outcome(None)
    for invitation, license in held:
        was_pending = invitation.status is InvitationStatus.PENDING
        outcome.events.append(invitation.cancel(firm))
        if was_pending:
            outcome.entries += _free(firm, invitation, license, reason, act)
    return _with_pool(firm, outcome)


def expire_all(firm: Firm, held: Iterable[Held], act: Act) -> Outcome[None]:
    """End those whose time is over (Q1)."""
    outcome: Outcome[None] = Outcome(None)
    for invitation, license in held:
        event = invitation.expire(firm, act.at)
        if event:
            outcome.events.append(event)
            outcome.entries += _free(firm, invitation, license, Reason.INVITATION_EXPIRED, act)
    return _with_pool(firm, outcome)


def remind_all(firm: Firm, near: Iterable[Invitation], act: Act) -> Outcome[None]:
    """Announce those whose end is near (30, 7, 1 days before)."""
    return Outcome(None, events=[invitation.remind(firm, act.at) for invitation in near])


def _free(
    firm: Firm, invitation: Invitation, license: License | None, reason: Reason, act: Act
) -> list[Entry]:
    if license is None:
        return []
    return [firm.pool.release(license, reason, act, For(invitation_id=invitation.id))]


def _with_pool(firm: Firm, outcome: Outcome[None]) -> Outcome[None]:
    if outcome.entries:
        outcome.events.append(firm.pool.changed())
    return outcome
