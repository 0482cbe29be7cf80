"""Invitations and their links, and what an acceptance touches."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.accounts.account import Account, require_open
from groups.accounts.tables import accounts
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.firms.states import LicenseState
from groups.firms.storage import IS_BOUGHT, FirmsOf, lock_firms
from groups.firms.tables import licenses
from groups.invitations.ending import Held
from groups.invitations.errors import InvitationNotFound
from groups.invitations.invitation import Invitation, InvitationLink
from groups.invitations.joining import Joining, Leaving
from groups.invitations.states import InvitationStatus
from groups.invitations.tables import invitation_links, invitations
from groups.members.member import Member
from groups.members.states import MemberStatus
from groups.members.storage import MINE, OWN_POOL_AND_SELF, lock_own_firm_and_read
from groups.members.tables import members

PENDING = InvitationStatus.PENDING
_ACTIVE_OF_ACCOUNT = sa.and_(*MINE)
# Invitations, each with the license that it holds, as they now are.
_HELD = (
    sa.select(Invitation, License)
    .outerjoin(licenses, licenses.c.id == invitations.c.license_id)
    .execution_options(populate_existing=True)
)
_ONE_HELD = _HELD.where(
    invitations.c.id == sa.bindparam("of_id"), invitations.c.firm_id == sa.bindparam("of_firm")
)
_LOCKED = (
    sa.select(Invitation)
    .where(invitations.c.id == sa.bindparam("of_id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
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
_OVERDUE = sa.or_(
    sa.exists().where(
        invitations.c.firm_id == members.c.firm_id,
        invitations.c.status == PENDING,
        invitations.c.expires_at <= sa.bindparam("now"),
    ),
    sa.exists().where(
        licenses.c.firm_id == members.c.firm_id,
        licenses.c.state.in_((LicenseState.UNUSED, LicenseState.USED)),
        licenses.c.paid_through < sa.bindparam("today"),
    ),
)
_BOUGHT = sa.select(sa.func.count()).where(licenses.c.firm_id == members.c.firm_id, *IS_BOUGHT)
_DESK = OWN_POOL_AND_SELF.add_columns(
    _OVERDUE.label("overdue"), _BOUGHT.scalar_subquery().label("bought")
)
PENDING_IN_FIRM = invitations.c.firm_id == sa.bindparam("of_firm"), invitations.c.status == PENDING
PENDING_HELD = _HELD.where(*PENDING_IN_FIRM).order_by(invitations.c.id)
_SENT_HELD = _HELD.where(
    invitations.c.firm_id == sa.bindparam("of_firm"),
    invitations.c.inviter_account_id == sa.bindparam("of_account"),
    sa.or_(
        invitations.c.status == PENDING,
        invitations.c.id.in_(sa.bindparam("named", expanding=True)),
    ),
).order_by(invitations.c.id)
_COUNT_PENDING = sa.select(sa.func.count()).where(*PENDING_IN_FIRM)
_LINKED = (
    sa.select(InvitationLink, invitations.c.firm_id)
    .join(invitations, invitations.c.id == invitation_links.c.invitation_id)
    .where(invitation_links.c.token_hash == sa.bindparam("of_token"))
)
# A link with who comes by it: their account, and the firm in which they work now.
_ARRIVING = (
    _LINKED.outerjoin(accounts, accounts.c.account_id == sa.bindparam("of_account"))
    .outerjoin(members, _ACTIVE_OF_ACCOUNT)
    .add_columns(Account, members.c.firm_id.label("left_firm_id"))
    .execution_options(populate_existing=True)
)
_ACTIVE_WITH_LICENSE = (
    sa.select(Member, License)
    .outerjoin(licenses, licenses.c.id == members.c.license_id)
    .where(_ACTIVE_OF_ACCOUNT)
    .execution_options(populate_existing=True)
)


class Desk(NamedTuple):
    """A firm, held, as whoever changes its invitations finds it."""

    firm: Firm
    by: Member  # who acts
    overdue: bool  # time has ended an invitation, or the year of a license
    bought: int  # licenses that the firm paid for and that have not lapsed


def lock_desk(session: Session, account_id: UUID | None, now: datetime) -> Desk:
    """Return the firm in which the account works, held. Raises FirmNotReady while there is none."""
    asked = {"of_account": account_id, "now": now, "today": now.date()}
    firm, found = lock_own_firm_and_read(session, _DESK, asked)
    return Desk(firm, found.Member, bool(found.overdue), found.bought)


def get_invitation(session: Session, invitation_id: UUID, firm_id: UUID | None) -> Invitation:
    """Return the invitation as it now is. Raises InvitationNotFound also for another firm's.

    Without ``firm_id`` in whatever firm it is: only for services and holders of a link.
    """
    invitation = session.get(Invitation, invitation_id, populate_existing=True)
    if invitation is None or firm_id not in (None, invitation.firm_id):
        raise InvitationNotFound("there is no such invitation")
    return invitation


def lock_invitation(
    session: Session, invitation_id: UUID, firm_id: UUID | None = None
) -> Invitation:
    """Return the invitation, held. Raises InvitationNotFound also for another firm's.

    Without ``firm_id`` in whatever firm it is: for services only.
    """
    invitation = session.scalars(_LOCKED, {"of_id": invitation_id}).one_or_none()
    if invitation is None or firm_id not in (None, invitation.firm_id):
        raise InvitationNotFound("there is no such invitation")
    return invitation


def get_link(session: Session, token_hash: str) -> tuple[InvitationLink, UUID]:
    """Return the link with this token, and the firm to which it invites.

    Raises InvitationNotFound.
    """
    found = session.execute(_LINKED, {"of_token": token_hash}).one_or_none()
    if found is None:
        raise InvitationNotFound("no invitation belongs to this link")
    return found.InvitationLink, found.firm_id


def get_held(session: Session, invitation_id: UUID, firm_id: UUID) -> Held:
    """Return the firm's invitation and the license that it holds, as they now are.

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
    """Return those of the addresses that are active members', and those invited, in the firm."""
    known: dict[bool, set[str]] = {True: set(), False: set()}
    asked = {"of_firm": firm_id, "addresses": list(addresses)}
    for is_member, address in session.execute(_SORTED, asked):
        known[bool(is_member)].add(address)
    return known[True], known[False]


def list_pending(session: Session, firm_id: UUID) -> list[Held]:
    """Return the firm's pending invitations, each with its license."""
    found = session.execute(PENDING_HELD, {"of_firm": firm_id})
    return [(invitation, license) for invitation, license in found]


def list_sent(
    session: Session, firm_id: UUID, account_id: UUID, named: Collection[UUID]
) -> list[Held]:
    """Return what that account has sent in the firm: pending, or ``named`` and in any state."""
    asked = {"of_firm": firm_id, "of_account": account_id, "named": list(named)}
    found = session.execute(_SENT_HELD, asked)
    return [(invitation, license) for invitation, license in found]


def count_pending(session: Session, firm_id: UUID) -> int:
    """Return how many invitations of the firm are open."""
    return session.scalar(_COUNT_PENDING, {"of_firm": firm_id}) or 0


def lock_joining(
    session: Session, token_hash: str, account_id: UUID, firms_of: FirmsOf = lock_firms
) -> Joining:
    """Return the acceptance by this link and this account.

    Raises InvitationNotFound, AccountNotFound.
    """
    asked = {"of_token": token_hash, "of_account": account_id}
    arriving = session.execute(_ARRIVING, asked).one_or_none()
    if arriving is None:
        raise InvitationNotFound("no invitation belongs to this link")
    account, target = require_open(arriving.Account), arriving.firm_id
    firms, leaving = _lock_both(session, account_id, arriving, firms_of)
    invitation, held = get_held(session, arriving.InvitationLink.invitation_id, target)
    return Joining(
        invitation=invitation,
        link=arriving.InvitationLink,
        firm=firms[target],
        license=held,
        account=account,
        leaving=leaving,
    )


def _lock_both(
    session: Session, account_id: UUID, arriving: Any, firms_of: FirmsOf
) -> tuple[dict[UUID, Firm], Leaving | None]:
    """Return the firm to join and the account's own, both held, and what it leaves there."""
    target, left_firm_id = arriving.firm_id, arriving.left_firm_id
    firms = firms_of(session, {target, left_firm_id or target})
    while left := session.execute(_ACTIVE_WITH_LICENSE, {"of_account": account_id}).one_or_none():
        if firm := firms.get(left.Member.firm_id):
            pending = list_pending(session, firm.id) if firm.is_solo else []
            return firms, Leaving(firm, left.Member, left.License, pending)
        # Seldom: the account went elsewhere while we waited.
        firms |= firms_of(session, {left.Member.firm_id})
    return firms, None
