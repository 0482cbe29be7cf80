"""Invitations and their links."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.domain.ending import Held
from groups.domain.errors import InvitationNotFound
from groups.domain.invitation import Invitation, InvitationLink
from groups.domain.license import License
from groups.domain.states import InvitationStatus, MemberStatus
from groups.storage.tables import invitation_links, invitations, licenses, members

PENDING = InvitationStatus.PENDING
# Invitations, each with the license that it holds, as they now are.
_HELD = (
    sa.select(Invitation, License)
    .outerjoin(licenses, licenses.c.id == invitations.c.license_id)
    .execution_options(populate_existing=True)
)


def get_invitation(session: Session, invitation_id: UUID, firm_id: UUID | None) -> Invitation:
    """The invitation as it now is. Raises InvitationNotFound also for another firm's.

    Without ``firm_id`` in whatever firm it is: only for services and holders of a link.
    """
    invitation = session.get(Invitation, invitation_id, populate_existing=True)
    if invitation is None or firm_id not in (None, invitation.firm_id):
        raise InvitationNotFound("there is no such invitation")
    return invitation


def lock_invitation(session: Session, invitation_id: UUID) -> Invitation:
    """An invitation of whatever firm, held: for services only. Raises InvitationNotFound."""
    invitation = session.get(
        Invitation, invitation_id, with_for_update=True, populate_existing=True
    )
    if invitation is None:
        raise InvitationNotFound("there is no such invitation")
    return invitation


def get_link(session: Session, token_hash: str) -> tuple[InvitationLink, UUID]:
    """The link with this token, and the firm to which it invites. Raises InvitationNotFound."""
    linked = sa.select(InvitationLink, invitations.c.firm_id).join(
        invitations, invitations.c.id == invitation_links.c.invitation_id
    )
    found = session.execute(linked.where(invitation_links.c.token_hash == token_hash)).one_or_none()
    if found is None:
        raise InvitationNotFound("no invitation belongs to this link")
    return found.InvitationLink, found.firm_id


def get_held(session: Session, invitation_id: UUID, firm_id: UUID) -> Held:
    """The firm's invitation and the license that it holds, as they now are.

    Raises InvitationNotFound.
    """
    held = _HELD.where(invitations.c.id == invitation_id, invitations.c.firm_id == firm_id)
    found = session.execute(held).one_or_none()
    if found is None:
        raise InvitationNotFound("there is no such invitation")
    return found.Invitation, found.License


def sort_addresses(
    session: Session, firm_id: UUID, addresses: Collection[str]
) -> tuple[set[str], set[str]]:
    """Those of the addresses that are active members', and those invited, in the firm."""
    known: dict[bool, set[str]] = {True: set(), False: set()}
    active = sa.select(sa.true(), members.c.address).where(
        members.c.firm_id == firm_id, members.c.status == MemberStatus.ACTIVE
    )
    pending = sa.select(sa.false(), invitations.c.address).where(
        invitations.c.firm_id == firm_id, invitations.c.status == PENDING
    )
    both = sa.union_all(
        active.where(members.c.address.in_(addresses)),
        pending.where(invitations.c.address.in_(addresses)),
    )
    for is_member, address in session.execute(both):
        known[bool(is_member)].add(address)
    return known[True], known[False]


def list_held(
    session: Session, firm_id: UUID, overdue_at: datetime | None = None, limit: int | None = None
) -> list[Held]:
    """The firm's pending invitations, each with its license; only overdue ones if asked."""
    held = _HELD.where(invitations.c.firm_id == firm_id, invitations.c.status == PENDING)
    held = held.order_by(invitations.c.id).limit(limit)
    if overdue_at:
        held = held.where(invitations.c.expires_at <= overdue_at)
    return [(invitation, license) for invitation, license in session.execute(held)]


def list_sent(
    session: Session, firm_id: UUID, account_id: UUID, named: Collection[UUID]
) -> list[Held]:
    """What that account has sent in the firm: pending ones, and those ``named`` in any state."""
    wanted = sa.or_(invitations.c.status == PENDING, invitations.c.id.in_(named))
    sent = _HELD.where(
        invitations.c.firm_id == firm_id, invitations.c.inviter_account_id == account_id, wanted
    )
    rows = session.execute(sent.order_by(invitations.c.id))
    return [(invitation, license) for invitation, license in rows]


def firms_with_overdue(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms in which an invitation's time is over."""
    pending = sa.select(invitations.c.firm_id).where(invitations.c.status == PENDING)
    return pending.where(invitations.c.expires_at <= now)


def list_to_remind_of(session: Session, firm_id: UUID, now: datetime) -> list[Invitation]:
    """Pending invitations whose end is to be announced; the caller holds the firm."""
    near = sa.select(Invitation).where(
        invitations.c.firm_id == firm_id, invitations.c.status == PENDING,
        invitations.c.remind_at <= now,
    )  # fmt: skip
    return list(session.scalars(near.execution_options(populate_existing=True)))


def firms_to_remind(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms in which the end of an invitation is to be announced."""
    pending = sa.select(invitations.c.firm_id).where(invitations.c.status == PENDING)
    return pending.where(invitations.c.remind_at <= now)


def count_pending(session: Session, firm_id: UUID) -> int:
    """How many invitations of the firm are open."""
    pending = sa.select(sa.func.count()).where(
        invitations.c.firm_id == firm_id, invitations.c.status == PENDING
    )
    return session.scalar(pending) or 0
