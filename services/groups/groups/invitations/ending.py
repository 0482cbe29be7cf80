"""Ending pending invitations: each frees the license it holds."""

from collections.abc import Iterable

from groups.firms.context import Act
from groups.firms.firm import Firm
from groups.firms.license import For, License, Reason
from groups.firms.outcome import Outcome
from groups.invitations.invitation import Invitation
from groups.invitations.states import InvitationStatus
from groups.licenses.lapsing import lapsed

Held = tuple[Invitation, License | None]  # an invitation and the license that stands behind it


def cancel(firm: Firm, invitation: Invitation, license: License | None, act: Act) -> Outcome[None]:
    """Take one invitation back (S1-42, S1-43)."""
    return cancel_all(firm, [(invitation, license)], Reason.INVITATION_CANCELLED, act)


def cancel_all(firm: Firm, held: Iterable[Held], reason: Reason, act: Act) -> Outcome[None]:
    """Take these invitations back; ``reason`` is what their licenses' biographies say."""
    outcome: Outcome[None] = Outcome(None)
    ended: list[Held] = []
    for invitation, license in held:
        if invitation.status is InvitationStatus.PENDING:
            ended.append((invitation, license))
        outcome.events.append(invitation.cancel(firm))
    return _free(firm, ended, reason, act, outcome)


def expire_all(firm: Firm, held: Iterable[Held], act: Act) -> Outcome[None]:
    """End those whose time is over (Q1)."""
    outcome: Outcome[None] = Outcome(None)
    ended: list[Held] = []
    for invitation, license in held:
        event = invitation.expire(firm, act.at)
        if event:
            ended.append((invitation, license))
            outcome.events.append(event)
    return _free(firm, ended, Reason.INVITATION_EXPIRED, act, outcome)


def remind_all(firm: Firm, near: Iterable[Invitation], act: Act) -> Outcome[None]:
    """Announce those whose end is near (30, 7, 1 days before)."""
    return Outcome(None, events=[invitation.remind(firm, act.at) for invitation in near])


def _free(
    firm: Firm, ended: list[Held], reason: Reason, act: Act, outcome: Outcome[None]
) -> Outcome[None]:
    """Free what they held; a license that only waited for its invitation goes with it (Q3)."""
    for invitation, license in ended:
        if license:
            cause = For(invitation_id=invitation.id)
            outcome.entries.append(firm.pool.release(license, reason, act, cause))
    if outcome.entries:
        gone = lapsed(firm, (license for _, license in ended))
        outcome.events += [*gone, firm.pool.changed()]
    return outcome
