"""Invitations that time has ended, and those whose end is to be announced."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.invitations.ending import Held
from groups.invitations.invitation import Invitation
from groups.invitations.storage import PENDING, PENDING_HELD, PENDING_IN_FIRM
from groups.invitations.tables import invitations

_OVERDUE_HELD = PENDING_HELD.where(invitations.c.expires_at <= sa.bindparam("now"))
_TO_REMIND_OF = (
    sa.select(Invitation)
    .where(*PENDING_IN_FIRM, invitations.c.remind_at <= sa.bindparam("now"))
    .execution_options(populate_existing=True)
)
_FIRMS = sa.select(invitations.c.firm_id).where(invitations.c.status == PENDING)


def list_overdue(session: Session, firm_id: UUID, now: datetime) -> list[Held]:
    """Return the firm's pending invitations whose time is over, each with its license."""
    rows = session.execute(_OVERDUE_HELD, {"of_firm": firm_id, "now": now})
    return [(invitation, license) for invitation, license in rows]


def firms_with_overdue(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms in which an invitation's time is over."""
    return _FIRMS.where(invitations.c.expires_at <= now)


def list_to_remind_of(session: Session, firm_id: UUID, now: datetime) -> list[Invitation]:
    """Return pending invitations whose end is to be announced; the caller holds the firm."""
    return list(session.scalars(_TO_REMIND_OF, {"of_firm": firm_id, "now": now}))


def firms_to_remind(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms in which the end of an invitation is to be announced."""
    return _FIRMS.where(invitations.c.remind_at <= now)
