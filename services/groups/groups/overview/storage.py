"""The licenses' biography, with the names of all whom it is about."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import decode_cursor, page
from groups.accounts.tables import accounts
from groups.firms.tables import license_entries
from groups.invitations.tables import invitations
from groups.members.tables import members


def list_license_entries(
    session: Session, firm_id: UUID, cursor: str | None, limit: int
) -> dict[str, Any]:
    """One page of the firm's biography of licenses, newest first."""
    entry = license_entries.c
    lines = (
        sa.select(
            license_entries,
            accounts.c.name.label("by_name"),
            invitations.c.email.label("invited_email"),
            members.c.name.label("member_name"),
        )
        .outerjoin(accounts, accounts.c.account_id == entry.by_account_id)
        .outerjoin(invitations, invitations.c.id == entry.invitation_id)
        .outerjoin(members, members.c.id == entry.member_id)
        .where(entry.firm_id == firm_id)
        .order_by(entry.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        lines = lines.where(entry.id < decode_cursor(cursor, int)[0])
    return page(session.execute(lines).mappings().all(), limit, lambda row: [row["id"]])
