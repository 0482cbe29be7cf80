"""Members, and holding the firm in which one works."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.firms.firm import Firm
from groups.firms.pool import LicensePool
from groups.firms.storage import with_pool
from groups.firms.tables import firms, license_pools
from groups.members.errors import FirmNotReady, MemberNotFound
from groups.members.member import Member
from groups.members.permissions import Role
from groups.members.states import MemberStatus
from groups.members.tables import members

ACTIVE = MemberStatus.ACTIVE

# Asked for by nearly every message, so built once.
_MINE = members.c.account_id == sa.bindparam("of_account"), members.c.status == ACTIVE
_ACTIVE_MEMBER = sa.select(Member).where(*_MINE).execution_options(populate_existing=True)
_OWN_FIRM_ID = sa.select(members.c.firm_id).where(*_MINE)
_OWN_FIRM_HELD = (
    sa.select(Firm)
    .where(firms.c.id == _OWN_FIRM_ID.scalar_subquery())
    .with_for_update(of=firms)
    .execution_options(populate_existing=True)
)
_OWN_POOL_AND_SELF = (
    sa.select(LicensePool, Member)
    .where(*_MINE, license_pools.c.firm_id == members.c.firm_id)
    .execution_options(populate_existing=True)
)


def find_active_member(session: Session, account_id: UUID) -> Member | None:
    """The account's one active membership, as it now is."""
    return session.scalar(_ACTIVE_MEMBER, {"of_account": account_id})


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """The firm in which the account works, as far as is known here."""
    return session.scalar(_OWN_FIRM_ID, {"of_account": account_id})


def get_own_membership(session: Session, account_id: UUID | None) -> Member:
    """The membership a professional acts under.

    Every professional has one; while a new account's firm is being made, raises FirmNotReady.
    """
    member = find_active_member(session, account_id) if account_id else None
    if member is None:
        raise not_ready()
    return member


def not_ready() -> FirmNotReady:
    """What who is in no firm is told, as for professionals that lasts for a moment."""
    return FirmNotReady("your firm is still being made: try again in a moment")


def lock_own_firm(session: Session, account_id: UUID | None) -> tuple[Firm, Member]:
    """The firm in which the account works, held, and its membership there.

    Raises FirmNotReady while there is none.
    """
    mine = {"of_account": account_id}
    while True:
        firm = session.scalar(_OWN_FIRM_HELD, mine)
        if firm is None:
            raise not_ready()
        found = session.execute(_OWN_POOL_AND_SELF, mine).one_or_none()
        if found and found.Member.firm_id == firm.id:
            return with_pool(firm, found.LicensePool), found.Member


def get_active_member(session: Session, account_id: UUID) -> Member:
    """As ``find_active_member``. Raises MemberNotFound."""
    member = find_active_member(session, account_id)
    if member is None:
        raise MemberNotFound("this account is in no firm")
    return member


def get_member(session: Session, member_id: UUID, firm_id: UUID) -> Member:
    """An active member of the firm. Raises MemberNotFound also for another firm's."""
    member = session.get(Member, member_id, populate_existing=True)
    if member is None or member.firm_id != firm_id or member.status is not ACTIVE:
        raise MemberNotFound("there is no such member")
    return member


def count_admins(session: Session, firm_id: UUID) -> int:
    """How many active admins the firm has; the caller holds the firm."""
    admins = sa.select(sa.func.count()).where(
        members.c.firm_id == firm_id, members.c.status == ACTIVE, members.c.role == Role.ADMIN
    )
    return session.scalar(admins) or 0


def find_heir(session: Session, firm_id: UUID, member_id: UUID) -> Member | None:
    """The firm's longest-serving active admin beside that member."""
    admins = sa.select(Member).where(
        members.c.firm_id == firm_id,
        members.c.status == ACTIVE,
        members.c.role == Role.ADMIN,
        members.c.id != member_id,
    )
    return session.scalar(admins.order_by(members.c.joined_at, members.c.id).limit(1))


def find_successor(session: Session, firm_id: UUID, member_id: UUID) -> Member | None:
    """Who would look after the firm without that member: the longest-serving admin.

    Where there is none, whoever has worked there longest: an admin needs a license.
    """
    others = sa.select(Member).where(
        members.c.firm_id == firm_id,
        members.c.status == ACTIVE,
        members.c.license_id.is_not(None),
        members.c.id != member_id,
    )
    admins_first = sa.case((members.c.role == Role.ADMIN, 0), else_=1)
    order = others.order_by(admins_first, members.c.joined_at, members.c.id)
    return session.scalar(order.limit(1))


def list_newcomers(
    session: Session, firm_id: UUID, member_ids: Collection[UUID], since: datetime
) -> list[Member]:
    """Active members of the firm that are named, or have joined since then; 200 of the latter."""
    active = sa.select(Member).where(members.c.firm_id == firm_id, members.c.status == ACTIVE)
    named = list(session.scalars(active.where(members.c.id.in_(member_ids)))) if member_ids else []
    latest = active.where(members.c.joined_at >= since).order_by(members.c.id.desc()).limit(200)
    return list({one.id: one for one in [*named, *session.scalars(latest)]}.values())


def find_left_firms(session: Session, account_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The firm that each of these accounts left to join another, where there is one."""
    dormant = sa.select(members.c.account_id, members.c.firm_id).where(
        members.c.account_id.in_(account_ids), members.c.status == MemberStatus.DORMANT
    )
    asleep = dormant.order_by(members.c.joined_at, members.c.id)
    return {row.account_id: row.firm_id for row in session.execute(asleep)}


def find_dormant_member(session: Session, account_id: UUID) -> Member | None:
    """The membership that the account falls back to: the one that fell asleep last."""
    dormant = sa.select(Member).where(
        members.c.account_id == account_id, members.c.status == MemberStatus.DORMANT
    )
    latest = dormant.order_by(members.c.joined_at.desc(), members.c.id.desc()).limit(1)
    return session.scalar(latest.execution_options(populate_existing=True))


def list_memberships(session: Session, account_id: UUID) -> list[Member]:
    """The account's memberships, awake and dormant, as they now are."""
    mine = sa.select(Member).where(
        members.c.account_id == account_id, members.c.status != MemberStatus.REMOVED
    )
    return list(session.scalars(mine.execution_options(populate_existing=True)))


def list_firm_ids(session: Session, account_id: UUID) -> list[UUID]:
    """The firms in which the account is a member, awake or dormant."""
    mine = sa.select(members.c.firm_id).where(members.c.account_id == account_id)
    return list(session.scalars(mine.where(members.c.status != MemberStatus.REMOVED)))
