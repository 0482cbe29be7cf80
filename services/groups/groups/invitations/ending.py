"""Ending pending invitations: each frees the license it holds."""

from collections.abc import Iterable

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, Reason
from groups.invitations.invitation import Invitation
from groups.invitations.states import InvitationStatus
from groups.licenses.lapsing import lapsed

Held = tuple[Invitation, License | None]  # an invitation and the license that stands behind it


def cancel(
    firm: Firm, invitation: Invitation, license: License | None, context: Context
) -> Changes[None]:
    """Take one invitation back (S1-42, S1-43)."""
    return cancel_all(firm, [(invitation, license)], Reason.INVITATION_CANCELLED, context)


def cancel_all(firm: Firm, held: Iterable[Held], reason: Reason, context: Context) -> Changes[None]:
    """Take these invitations back; ``reason`` is what their licenses' biographies say."""
    changes: Changes[None] = Changes(None)
    ended: list[Held] = []
    for invitation, license in held:
        if invitation.status is InvitationStatus.PENDING:
            ended.append((invitation, license))
        changes.events.append(invitation.cancel(firm))
    return _free(firm, ended, reason, context, changes)


def expire_all(firm: Firm, held: Iterable[Held], context: Context) -> Changes[None]:
    """End those whose time is over (Q1)."""
    changes: Changes[None] = Changes(None)
    ended: list[Held] = []
    for invitation, license in held:
        event = invitation.expire(firm, context.at)
        if event:
            ended.append((invitation, license))
            changes.events.append(event)
    return _free(firm, ended, Reason.INVITATION_EXPIRED, context, changes)


def remind_all(firm: Firm, near: Iterable[Invitation], context: Context) -> Changes[None]:
    """Announce those whose end is near (30, 7, 1 days before)."""
    return Changes(None, events=[invitation.remind(firm, context.at) for invitation in near])


def _free(
    firm: Firm, ended: list[Held], reason: Reason, context: Context, changes: Changes[None]
) -> Changes[None]:
    """Free what they held; a license that only waited for its invitation goes with it (Q3)."""
    for invitation, license in ended:
        if license:
            cause = Cause(invitation_id=invitation.id)
            changes.history.append(firm.pool.release(license, reason, context, cause))
    if changes.history:
        gone = lapsed(firm, (license for _, license in ended))
        changes.events += [*gone, firm.pool.changed()]
    return changes
