"""Who is in a firm and who is asked to be: one list over members and invitations, by page."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged, decode_cursor, key_parameters, page
from chassis.tables import Instant
from groups.invitations.states import InvitationStatus
from groups.invitations.tables import invitations
from groups.members.states import MemberStatus
from groups.members.tables import members

Row = dict[str, Any]


def list_people(
    session: Session, firm_id: UUID, manages: bool, cursor: str | None, limit: int
) -> dict[str, Any]:
    """Return one page: active members, then pending invitations, then expired ones (S1-40, S1-67).

    Who does not manage members sees no invitee's address (Q13) and no expired ones.
    """
    section, *key = (0,) if cursor is None else decode_cursor(cursor, int, UUID)
    last = len(_SECTIONS) if manages else len(_SECTIONS) - 1
    if section >= last:
        return page([], limit, list)
    values = {"of_firm": firm_id, "page_rows": limit + 1, **key_parameters(key)}
    found = session.execute(_people(section, last, bool(key)), values)
    rows = [{**row, "delivery": _delivery(row)} for row in found.mappings()]
    if not manages:
        rows = [row if row["member_id"] else {**row, **_HIDDEN} for row in rows]
    return page(rows, limit, lambda row: [row["section"], row["id"]])


@cache
def _people(first: int, last: int, goes_on: bool) -> sa.CompoundSelect[Any]:
    """Return the sections from the first on, a page of each at most; built once per beginning."""
    sections = []
    for number in range(first, last):
        people = _SECTIONS[number]
        part = people.following if goes_on and number == first else people.first
        sections.append(sa.select(sa.literal(number).label("section"), part.subquery()))
    rows = sa.bindparam("page_rows", type_=sa.Integer)
    return sa.union_all(*sections).order_by("section", "id").limit(rows)


def _delivery(row: sa.RowMapping) -> Row | None:
    """Return how far the newest mail got; None for a member, who is sent none any more."""
    if row["delivery"] is None:
        return None
    return {
        "state": row["delivery"], "reason": row["delivery_reason"], "at": row["delivery_at"],
    }  # fmt: skip


def _none(name: str, kind: Any = sa.String) -> sa.ColumnElement[Any]:
    return sa.cast(sa.null(), kind).label(name)


def _text(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Return what members and invitations have each a kind of, as it is stored."""
    return sa.type_coerce(column, sa.String).label(column.name)


_HIDDEN = dict.fromkeys(("email", "delivery"))
_MEMBER = (
    members.c.id, members.c.id.label("member_id"), members.c.account_id, members.c.name,
    members.c.email, members.c.role, members.c.senior, _text(members.c.status),
    members.c.joined_at, _none("invitation_id", sa.Uuid), _none("expires_at", Instant),
    _none("invited_by_name"), _none("delivery"), _none("delivery_reason"),
    _none("delivery_at", Instant),
)  # fmt: skip
_INVITATION = (
    invitations.c.id, _none("member_id", sa.Uuid), _none("account_id", sa.Uuid),
    invitations.c.name, invitations.c.email, invitations.c.role, sa.false().label("senior"),
    _text(invitations.c.status), _none("joined_at", Instant),
    invitations.c.id.label("invitation_id"), invitations.c.expires_at,
    invitations.c.inviter_name.label("invited_by_name"), _text(invitations.c.delivery),
    invitations.c.delivery_reason, invitations.c.delivery_at,
)  # fmt: skip


def _section_of(table: sa.Table, columns: Sequence[sa.ColumnElement[Any]], status: str) -> Paged:
    of_firm = table.c.firm_id == sa.bindparam("of_firm")
    return Paged(sa.select(*columns).where(of_firm, table.c.status == status), table.c.id)


_SECTIONS = (
    _section_of(members, _MEMBER, MemberStatus.ACTIVE),
    _section_of(invitations, _INVITATION, InvitationStatus.PENDING),
    _section_of(invitations, _INVITATION, InvitationStatus.EXPIRED),
)
