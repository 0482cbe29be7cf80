"""Members, and holding the firm in which one works."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.firms.firm import Firm
from groups.firms.pool import LicensePool
from groups.firms.storage import with_pool
from groups.firms.tables import firms, license_pools
from groups.members.errors import FirmNotReady, InNoFirm, MemberNotFound
from groups.members.member import Member
from groups.members.permissions import Role
from groups.members.states import MemberStatus
from groups.members.tables import members

ACTIVE = MemberStatus.ACTIVE

# Asked for by nearly every message, so built once.
MINE = members.c.account_id == sa.bindparam("of_account"), members.c.status == ACTIVE
_ACTIVE_MEMBER = sa.select(Member).where(*MINE).execution_options(populate_existing=True)
_OWN_FIRM_ID = sa.select(members.c.firm_id).where(*MINE)
_OWN_FIRM_HELD = (
    sa.select(Firm)
    .where(firms.c.id == _OWN_FIRM_ID.scalar_subquery())
    .with_for_update(of=firms)
    .execution_options(populate_existing=True)
)
OWN_POOL_AND_SELF = (
    sa.select(LicensePool, Member)
    .where(*MINE, license_pools.c.firm_id == members.c.firm_id)
    .execution_options(populate_existing=True)
)
_IN_FIRM = members.c.firm_id == sa.bindparam("of_firm"), members.c.status == ACTIVE
_OTHERS = (*_IN_FIRM, members.c.id != sa.bindparam("of_member"))
_COUNT_ADMINS = sa.select(sa.func.count()).where(*_IN_FIRM, members.c.role == Role.ADMIN)
_OTHER_ADMINS = (
    sa.select(Member, sa.func.count().over().label("admins"))
    .where(*_OTHERS, members.c.role == Role.ADMIN)
    .order_by(members.c.joined_at, members.c.id)
    .limit(1)
)
_SUCCESSOR = (
    sa.select(Member)
    .where(*_OTHERS, members.c.license_id.is_not(None))
    .order_by(
        sa.case((members.c.role == Role.ADMIN, 0), else_=1), members.c.joined_at, members.c.id
    )
    .limit(1)
)
_NAMED = sa.select(Member).where(*_IN_FIRM, members.c.id.in_(sa.bindparam("named", expanding=True)))
_JOINED_SINCE = (
    sa.select(Member)
    .where(*_IN_FIRM, members.c.joined_at >= sa.bindparam("since"))
    .order_by(members.c.id.desc())
    .limit(200)
)
_LEFT = (
    sa.select(members.c.account_id, members.c.firm_id)
    .where(
        members.c.account_id.in_(sa.bindparam("of_accounts", expanding=True)),
        members.c.status == MemberStatus.DORMANT,
    )
    .order_by(members.c.joined_at, members.c.id)
)
_NOT_REMOVED = (
    members.c.account_id == sa.bindparam("of_account"),
    members.c.status != MemberStatus.REMOVED,
)
_MEMBERSHIPS = sa.select(Member).where(*_NOT_REMOVED).execution_options(populate_existing=True)
_FIRM_IDS = sa.select(members.c.firm_id).where(*_NOT_REMOVED)


def find_active_member(session: Session, account_id: UUID) -> Member | None:
    """Return the account's one active membership, as it now is."""
    return session.scalar(_ACTIVE_MEMBER, {"of_account": account_id})


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the firm in which the account works, as far as is known here."""
    return session.scalar(_OWN_FIRM_ID, {"of_account": account_id})


def get_own_membership(session: Session, account_id: UUID | None) -> Member:
    """Return the membership a professional acts under.

    Every professional has one; while a new account's firm is being made, raises FirmNotReady.
    """
    member = find_active_member(session, account_id) if account_id else None
    if member is None:
        raise not_ready()
    return member


def not_ready() -> FirmNotReady:
    """Return what somebody in no firm is told: for professionals that lasts for a moment."""
    return FirmNotReady("your firm is still being made: try again in a moment")


def lock_own_firm(session: Session, account_id: UUID | None) -> tuple[Firm, Member]:
    """Return the firm in which the account works, held, and its membership there.

    Raises FirmNotReady while there is none.
    """
    mine = {"of_account": account_id}
    firm, found = lock_own_firm_and_read(session, OWN_POOL_AND_SELF, mine)
    return firm, found.Member


def lock_own_firm_and_read(
    session: Session, reading: Any, asked: dict[str, Any]
) -> tuple[Firm, Any]:
    """Return the account's firm, held, and what ``reading`` says of it from then on.

    ``reading`` is OWN_POOL_AND_SELF, perhaps with further columns, and ``asked`` has its
    parameters. Raises FirmNotReady while the account is in no firm.
    """
    while True:
        firm = session.scalar(_OWN_FIRM_HELD, {"of_account": asked["of_account"]})
        if firm is None:
            raise not_ready()
        found = session.execute(reading, asked).one_or_none()
        if found and found.Member.firm_id == firm.id:
            return with_pool(firm, found.LicensePool), found


def get_active_member(session: Session, account_id: UUID) -> Member:
    """Return the account's one active membership, as it now is. Raises MemberNotFound."""
    member = find_active_member(session, account_id)
    if member is None:
        raise InNoFirm("this account is in no firm")
    return member


def get_member(session: Session, member_id: UUID, firm_id: UUID) -> Member:
    """Return an active member of the firm. Raises MemberNotFound also for another firm's."""
    member = session.get(Member, member_id, populate_existing=True)
    if member is None or member.firm_id != firm_id or member.status is not ACTIVE:
        raise MemberNotFound("there is no such member")
    return member


def count_admins(session: Session, firm_id: UUID) -> int:
    """Return how many active admins the firm has; the caller holds the firm."""
    return session.scalar(_COUNT_ADMINS, {"of_firm": firm_id}) or 0


def find_successor_admin(
    session: Session, firm_id: UUID, member_id: UUID
) -> tuple[Member | None, int]:
    """Return the firm's longest-serving other active admin, and how many others there are."""
    found = session.execute(_OTHER_ADMINS, {"of_firm": firm_id, "of_member": member_id}).first()
    return (found.Member, found.admins) if found else (None, 0)


def find_successor(session: Session, firm_id: UUID, member_id: UUID) -> Member | None:
    """Return who would look after the firm without that member: the longest-serving admin.

    Where there is none, whoever has worked there longest: an admin needs a license.
    """
    return session.scalar(_SUCCESSOR, {"of_firm": firm_id, "of_member": member_id})


def list_newcomers(
    session: Session, firm_id: UUID, member_ids: Collection[UUID], since: datetime
) -> list[Member]:
    """Return the firm's active members, named or joined since then; 200 of the latter."""
    named = {"of_firm": firm_id, "named": list(member_ids)}
    known = list(session.scalars(_NAMED, named)) if member_ids else []
    latest = session.scalars(_JOINED_SINCE, {"of_firm": firm_id, "since": since})
    return list({one.id: one for one in [*known, *latest]}.values())


def find_left_firms(session: Session, account_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the firm that each of these accounts left to join another, where there is one."""
    asleep = session.execute(_LEFT, {"of_accounts": list(account_ids)})
    return {row.account_id: row.firm_id for row in asleep}


def list_memberships(session: Session, account_id: UUID) -> list[Member]:
    """Return the account's memberships, awake and dormant, as they now are."""
    return list(session.scalars(_MEMBERSHIPS, {"of_account": account_id}))


def list_firm_ids(session: Session, account_id: UUID) -> list[UUID]:
    """Return the firms in which the account is a member, awake or dormant."""
    return list(session.scalars(_FIRM_IDS, {"of_account": account_id}))
