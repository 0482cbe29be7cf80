"""Who is in a firm and who is asked to be: one list over members and invitations, by page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged, decode_cursor, page
from groups.invitations.states import InvitationStatus
from groups.invitations.tables import invitations
from groups.members.states import MemberStatus
from groups.members.tables import members

Row = dict[str, Any]


def list_people(
    session: Session, firm_id: UUID, manages: bool, cursor: str | None, limit: int
) -> dict[str, Any]:
    """One page: active members, then pending invitations, then expired ones (S1-40, S1-67).

    Who does not manage members sees no invitee's address (Q13) and no expired ones.
    """
    first, after = (0, None) if cursor is None else decode_cursor(cursor, int, UUID)
    rows: list[Row] = []
    for section in range(first, 3 if manages else 2):
        missing = limit + 1 - len(rows)
        rows += _section(session, section, firm_id, after if section == first else None, missing)
    if not manages:
        rows = [row if row["member_id"] else {**row, **_HIDDEN} for row in rows]
    return page(rows, limit, lambda row: [row["section"], row["id"]])


def _section(
    session: Session, section: int, firm_id: UUID, after: UUID | None, limit: int
) -> list[Row]:
    """Rows of one section, by their id."""
    if limit <= 0:
        return []
    found = _SECTIONS[section].rows(session, limit, [after] if after else None, of_firm=firm_id)
    return [{**row, "section": section, "delivery": _delivery(row)} for row in found]


def _delivery(row: sa.RowMapping) -> Row | None:
    """How far the newest mail got; None for a member, who is sent none any more."""
    if row["delivery"] is None:
        return None
    return {
        "state": row["delivery"], "reason": row["delivery_reason"], "at": row["delivery_at"],
    }  # fmt: skip


def _none(name: str) -> sa.ColumnElement[Any]:
    return sa.null().label(name)


_HIDDEN = dict.fromkeys(("email", "delivery"))
_MEMBER = (
    members.c.id, members.c.id.label("member_id"), members.c.account_id, members.c.name,
    members.c.email, members.c.role, members.c.senior, members.c.status, members.c.joined_at,
    _none("invitation_id"), _none("expires_at"), _none("invited_by_name"),
    _none("delivery"), _none("delivery_reason"), _none("delivery_at"),
)  # fmt: skip
_INVITATION = (
    invitations.c.id, _none("member_id"), _none("account_id"), invitations.c.name,
    invitations.c.email, invitations.c.role, sa.false().label("senior"), invitations.c.status,
    _none("joined_at"), invitations.c.id.label("invitation_id"), invitations.c.expires_at,
    invitations.c.inviter_name.label("invited_by_name"), invitations.c.delivery,
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
