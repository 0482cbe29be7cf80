"""Queries on changes of address."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.domain.email_change import EmailChange
from identity.domain.errors import EmailChangeNotFound
from identity.storage.tables import email_changes


def get_email_change(session: Session, change_id: UUID | None) -> EmailChange:
    """What was asked for under that id. Raises EmailChangeNotFound."""
    change = session.get(EmailChange, change_id, populate_existing=True)
    if change is None:
        raise EmailChangeNotFound("Nobody asked for this change of address.")
    return change


def close_email_changes(session: Session, account_id: UUID, now: datetime) -> None:
    """Nothing that was asked for before is done any more: no mail under way gets a link."""
    mine = sa.update(email_changes).where(email_changes.c.account_id == account_id)
    session.execute(mine.where(email_changes.c.closed_at.is_(None)).values(closed_at=now))
