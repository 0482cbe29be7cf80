"""Firms and members as groups tells of them, and the caller as one of these."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from chassis.commands import insert_or_skip
from chassis.paging import Paged
from chassis.projections import keep_newest
from clients.members.errors import MemberNotFound, MembershipNotReady, NoMembership
from clients.members.member import Member, MemberStatus
from clients.members.tables import firms, members
from clients.members.viewer import Policy, Viewer

_is_active = members.c.status == MemberStatus.ACTIVE
_viewer = sa.select(
    members.c.member_id,
    members.c.firm_id,
    members.c.role,
    members.c.senior,
    _is_active.label("active"),
    sa.func.coalesce(firms.c.policy, Policy.OPEN).label("policy"),
).outerjoin_from(members, firms, firms.c.firm_id == members.c.firm_id)

# Asked for by nearly every message, so built once.
_MINE = (
    _viewer.where(members.c.account_id == sa.bindparam("of_account"), _is_active)
    .order_by(members.c.member_id.desc())
    .limit(1)
)
_MINE_HELD = _MINE.with_for_update(read=True, of=members)
_ASLEEP = (
    sa.select(members.c.member_id)
    .where(
        members.c.account_id == sa.bindparam("of_account"), members.c.status == MemberStatus.DORMANT
    )
    .limit(1)
)
_ACTIVE = _viewer.where(members.c.firm_id == sa.bindparam("of_firm"), _is_active)
_ONE = _ACTIVE.where(members.c.member_id == sa.bindparam("of_member"))
_ONE_HELD = _ONE.with_for_update(read=True, of=members)
_SOME = _ACTIVE.where(members.c.member_id.in_(sa.bindparam("of_members", expanding=True)))
_SOME_HELD = _SOME.order_by(members.c.member_id).with_for_update(read=True, of=members)
_ACTIVE_NAMED = _ACTIVE.add_columns(members.c.name)
_NAMED = _ACTIVE_NAMED.order_by(members.c.member_id)
_BY_PAGE = Paged(_ACTIVE_NAMED, members.c.member_id)
_ONE_BY_PAGE = Paged(
    _ACTIVE_NAMED.where(members.c.member_id == sa.bindparam("of_member")), members.c.member_id
)
_ADDRESSED = _ACTIVE.add_columns(members.c.email)
_VERSION = sa.select(members.c.version).where(members.c.member_id == sa.bindparam("of_member"))
_OF_FIRM = firms.c.firm_id == sa.bindparam("of_firm")
_FIRM_SHARED = sa.select(firms.c.firm_id).where(_OF_FIRM).with_for_update(read=True)
_FIRM_ALONE = sa.select(firms.c.firm_id).where(_OF_FIRM).with_for_update()
_POLICY = sa.select(firms.c.policy).where(_OF_FIRM)
_NAME = sa.select(firms.c.name).where(_OF_FIRM)


def find_viewer(session: Session, account_id: UUID) -> Viewer | None:
    """Return the account's membership, or None.

    While groups' events are under way a left firm may still look active; the membership that
    was made last is the one that counts, and ids follow the time they were made.
    """
    return _made(session.execute(_MINE, {"of_account": account_id}).first())


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the firm in which the account works, as far as is known here."""
    viewer = find_viewer(session, account_id)
    return viewer.firm_id if viewer else None


def get_viewer(session: Session, account_id: UUID) -> Viewer:
    """Return the account's membership. Raises NoMembership, MembershipNotReady."""
    viewer = find_viewer(session, account_id)
    if viewer is None and _is_joining(session, account_id):
        raise MembershipNotReady("your new membership is on its way: try again in a moment")
    return _there(viewer)


def lock_own_firm(session: Session, account_id: UUID, exclusive: bool = False) -> Viewer:
    """Return the caller's membership, which joining another firm or leaving now has to wait for.

    Clients move when their member joins a firm: without this lock one could be written into
    the firm just left. ``alone`` keeps others' writing of the firm's records out as well.
    """
    firm_id = get_viewer(session, account_id).firm_id
    while True:
        lock_firm(session, firm_id, shared=not exclusive)
        held = session.execute(_MINE_HELD, {"of_account": account_id})
        viewer = _made(held.first()) or get_viewer(session, account_id)
        if viewer.firm_id == firm_id:
            return viewer
        firm_id = viewer.firm_id


def lock_firms(session: Session, firm_ids: Iterable[UUID]) -> None:
    """Hold these firms' rows alone, in one order everywhere."""
    for firm_id in sorted(set(firm_ids)):
        lock_firm(session, firm_id)


def lock_firm(session: Session, firm_id: UUID, shared: bool = False) -> None:
    """Hold the firm's row until the transaction ends, also if groups has not told of it yet."""
    stub = {"firm_id": firm_id, "name": "", "solo": False, "policy": Policy.OPEN, "version": 0}
    held = _FIRM_SHARED if shared else _FIRM_ALONE
    if session.execute(held, {"of_firm": firm_id}).first() is None:
        insert_or_skip(session, firms, stub)
        session.execute(held, {"of_firm": firm_id})


def policy_of(session: Session, firm_id: UUID) -> Policy:
    """Return how far the firm opens its clients; open as long as groups has not told."""
    return session.scalar(_POLICY, {"of_firm": firm_id}) or Policy.OPEN


def name_of_firm(session: Session, firm_id: UUID) -> str:
    """Return the firm's name; empty while groups has not told it."""
    return session.scalar(_NAME, {"of_firm": firm_id}) or ""


def get_member(session: Session, firm_id: UUID, member_id: UUID) -> Viewer:
    """Return an active member of this firm. Raises MemberNotFound."""
    return _member(session, _ONE, firm_id, member_id)


def lock_member(session: Session, firm_id: UUID, member_id: UUID) -> Viewer:
    """Return an active member of this firm, who stays one until the transaction ends."""
    return _member(session, _ONE_HELD, firm_id, member_id)


def get_members(
    session: Session, firm_id: UUID, member_ids: Iterable[UUID], hold: bool = False
) -> dict[UUID, Viewer]:
    """Return those of these who are active members of the firm, by id.

    ``hold`` keeps them so until the transaction ends.
    """
    wanted = {"of_firm": firm_id, "of_members": list(set(member_ids))}
    found = session.execute(_SOME_HELD if hold else _SOME, wanted)
    return {row.member_id: Viewer(*row) for row in found}


def active_members(session: Session, firm_id: UUID) -> list[tuple[str, Viewer]]:
    """Return every active member of the firm with their name, by id."""
    found = session.execute(_NAMED, {"of_firm": firm_id})
    return [(row.name, Viewer(*row[:-1])) for row in found]


def list_members(
    session: Session, firm_id: UUID, limit: int, cursor: str | None, only: UUID | None = None
) -> dict[str, Any]:
    """Return one page of the firm's active members, by id: pairs of name and member.

    Raises InvalidCursor, and MemberNotFound if there is to be ``only`` one and it is not there.
    """
    if only is None:
        found = _BY_PAGE.read(session, limit, cursor, of_firm=firm_id)
    else:
        found = _ONE_BY_PAGE.read(session, limit, cursor, of_firm=firm_id, of_member=only)
        if not found["items"]:
            raise MemberNotFound("there is no such member in your firm")
    found["items"] = [(row["name"], _viewer_in(row)) for row in found["items"]]
    return found


def members_by_address(session: Session, firm_id: UUID) -> dict[str, Viewer]:
    """Return every active member of the firm by their address' key."""
    found = session.execute(_ADDRESSED, {"of_firm": firm_id})
    return {address_key(row[-1]): Viewer(*row[:-1]) for row in found}


def project_firm(session: Session, firm: dict[str, Any]) -> None:
    """Keep the firm's state unless a newer one is known."""
    keep_newest(session, firms, firm)


def project_member(session: Session, member: Member) -> bool:
    """Keep the member's state; False if one as new or newer was known already."""
    return keep_newest(session, members, asdict(member))


def knows(session: Session, member: Member) -> bool:
    """Return whether this state of the member, or a newer one, is known here."""
    return (session.scalar(_VERSION, {"of_member": member.member_id}) or 0) >= member.version


def is_newest(session: Session, member: Member) -> bool:
    """Return whether nothing newer is known of this member, also where this was known before."""
    newest = session.scalars(_VERSION, {"of_member": member.member_id})
    return newest.one() == member.version


def _is_joining(session: Session, account_id: UUID) -> bool:
    """Return whether a membership sleeps and no other is awake: one sleeps only beside another.

    So the news of the one that is awake has yet to come; the next call asks groups for it.
    """
    return session.scalar(_ASLEEP, {"of_account": account_id}) is not None


def _member(session: Session, query: sa.Select[Any], firm_id: UUID, member_id: UUID) -> Viewer:
    asked = {"of_firm": firm_id, "of_member": member_id}
    viewer = _made(session.execute(query, asked).first())
    if viewer is None:
        raise MemberNotFound("there is no such member in your firm")
    return viewer


def _there(viewer: Viewer | None) -> Viewer:
    if viewer is None:
        raise NoMembership("you are in no firm")
    return viewer


def _viewer_in(row: sa.RowMapping) -> Viewer:
    return Viewer(**{field.name: row[field.name] for field in fields(Viewer)})


def _made(row: Any) -> Viewer | None:
    return None if row is None else Viewer(*row)
