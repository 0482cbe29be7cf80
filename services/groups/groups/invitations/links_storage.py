"""What links are made of when mails leave."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.firms.tables import firms
from groups.invitations.invitation import Invitation
from groups.invitations.tables import invitations

_OFFERED = (
    sa.select(Invitation, firms.c.name)
    .join(firms, firms.c.id == invitations.c.firm_id)
    .where(invitations.c.id.in_(sa.bindparam("ids", expanding=True)))
    .execution_options(populate_existing=True)
)


def list_offered(
    session: Session, invitation_ids: Collection[UUID]
) -> dict[UUID, tuple[Invitation, str]]:
    """Return the invitations, of whatever firms, each with its firm's name, by id."""
    rows = session.execute(_OFFERED, {"ids": list(invitation_ids)})
    return {invitation.id: (invitation, firm_name) for invitation, firm_name in rows}
