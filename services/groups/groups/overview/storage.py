"""The licenses' biography, with the names of all whom it is about."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged
from groups.accounts.tables import accounts
from groups.firms.tables import license_entries
from groups.invitations.tables import invitations
from groups.members.tables import members

_LINES = (
    sa.select(
        license_entries,
        accounts.c.name.label("by_name"),
        invitations.c.email.label("invited_email"),
        members.c.name.label("member_name"),
    )
    .outerjoin(accounts, accounts.c.account_id == license_entries.c.by_account_id)
    .outerjoin(invitations, invitations.c.id == license_entries.c.invitation_id)
    .outerjoin(members, members.c.id == license_entries.c.member_id)
    .where(license_entries.c.firm_id == sa.bindparam("of_firm"))
)
_BIOGRAPHY = Paged(_LINES, license_entries.c.id, descending=True)


def list_license_entries(
    session: Session, firm_id: UUID, cursor: str | None, limit: int
) -> dict[str, Any]:
    """Return one page of the firm's biography of licenses, newest first. Raises InvalidCursor."""
    return _BIOGRAPHY.read(session, limit, cursor, of_firm=firm_id)
