"""Invitations and their links, and what an acceptance touches."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.accounts.account import Account
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.firms.states import LicenseState
from groups.firms.storage import FirmsOf, lock_firms
from groups.firms.tables import licenses
from groups.invitations.ending import Held
from groups.invitations.errors import InvitationNotFound
from groups.invitations.invitation import Invitation, InvitationLink
from groups.invitations.joining import Joining, Leaving
from groups.invitations.states import InvitationStatus
from groups.invitations.tables import invitation_links, invitations
from groups.licenses.storage import find_license
from groups.members.member import Member
from groups.members.states import MemberStatus
from groups.members.storage import find_active_member
from groups.members.tables import members

PENDING = InvitationStatus.PENDING
# Invitations, each with the license that it holds, as they now are.
_HELD = (
    sa.select(Invitation, License)
    .outerjoin(licenses, licenses.c.id == invitations.c.license_id)
    .execution_options(populate_existing=True)
)
_ONE_HELD = _HELD.where(
    invitations.c.id == sa.bindparam("of_id"), invitations.c.firm_id == sa.bindparam("of_firm")
)
_SORTED = sa.union_all(
    sa.select(sa.true(), members.c.address).where(
        members.c.firm_id == sa.bindparam("of_firm"),
        members.c.status == MemberStatus.ACTIVE,
        members.c.address.in_(sa.bindparam("addresses", expanding=True)),
    ),
    sa.select(sa.false(), invitations.c.address).where(
        invitations.c.firm_id == sa.bindparam("of_firm"),
        invitations.c.status == PENDING,
        invitations.c.address.in_(sa.bindparam("addresses", expanding=True)),
    ),
)
_ANYTHING_OVERDUE = sa.select(
    sa.or_(
        sa.exists().where(
            invitations.c.firm_id == sa.bindparam("of_firm"),
            invitations.c.status == PENDING,
            invitations.c.expires_at <= sa.bindparam("now"),
        ),
        sa.exists().where(
            licenses.c.firm_id == sa.bindparam("of_firm"),
            licenses.c.state.in_((LicenseState.UNUSED, LicenseState.USED)),
            licenses.c.paid_through < sa.bindparam("today"),
        ),
    )
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
    asked = {"of_id": invitation_id, "of_firm": firm_id}
    found = session.execute(_ONE_HELD, asked).one_or_none()
    if found is None:
        raise InvitationNotFound("there is no such invitation")
    return found.Invitation, found.License


def sort_addresses(
    session: Session, firm_id: UUID, addresses: Collection[str]
) -> tuple[set[str], set[str]]:
    """Those of the addresses that are active members', and those invited, in the firm."""
    known: dict[bool, set[str]] = {True: set(), False: set()}
    asked = {"of_firm": firm_id, "addresses": list(addresses)}
    for is_member, address in session.execute(_SORTED, asked):
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


def anything_overdue(session: Session, firm_id: UUID, now: datetime) -> bool:
    """Whether time has ended an invitation of the firm or the year of a license, in one look."""
    asked = {"of_firm": firm_id, "now": now, "today": now.date()}
    return bool(session.scalar(_ANYTHING_OVERDUE, asked))


def lock_joining(
    session: Session, token_hash: str, account: Account, firms_of: FirmsOf = lock_firms
) -> Joining:
    """The acceptance by this link and this account. Raises InvitationNotFound."""
    link, target = get_link(session, token_hash)
    firms, member = _both(session, target, account.account_id, firms_of)
    invitation, held = get_held(session, link.invitation_id, target)
    return Joining(
        invitation=invitation,
        link=link,
        firm=firms[target],
        license=held,
        account=account,
        leaving=_leaving(session, firms[member.firm_id], member) if member else None,
    )


def _both(
    session: Session, target: UUID, account_id: UUID, firms_of: FirmsOf
) -> tuple[dict[UUID, Firm], Member | None]:
    """The firm to join and the one that the account now works in, both held."""
    firms: dict[UUID, Firm] = {}
    while True:
        member = find_active_member(session, account_id)
        wanted = {target, member.firm_id} if member else {target}
        if wanted <= firms.keys():
            return firms, member
        # Seldom a second round: the account went elsewhere while we waited.
        firms |= firms_of(session, wanted - firms.keys())


def _leaving(session: Session, firm: Firm, member: Member) -> Leaving:
    pending = list_held(session, firm.id) if firm.is_solo else []
    return Leaving(firm, member, find_license(session, member.license_id), pending)
