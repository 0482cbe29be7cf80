"""Queries on requests for a new password."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.domain.account import Account
from identity.domain.errors import ResetRequestNotFound
from identity.domain.reset_request import ResetRequest
from identity.storage.tables import accounts, reset_requests


def get_reset_request(session: Session, request_id: UUID) -> ResetRequest:
    """The request. Raises ResetRequestNotFound."""
    request = session.get(ResetRequest, request_id)
    if request is None:
        raise ResetRequestNotFound("There is no such request.")
    return request


def unanswered(_now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects requests that nobody has looked at, of whatever age."""
    return sa.select(reset_requests.c.id).where(reset_requests.c.email_key.is_not(None))


def lock_unanswered(
    session: Session, request_id: UUID
) -> tuple[ResetRequest, Account | None] | None:
    """The request, held, and the account it is for, if any; None if it is answered meanwhile."""
    request = session.get(ResetRequest, request_id, with_for_update=True)
    if request is None or request.email_key is None:
        return None
    of_address = sa.select(Account).where(accounts.c.email_key == request.email_key)
    return request, session.scalars(of_address).one_or_none()


def close_reset_requests(session: Session, account_id: UUID, now: datetime) -> None:
    """The password was changed: no mail that is still under way gets a link."""
    mine = sa.update(reset_requests).where(reset_requests.c.account_id == account_id)
    session.execute(mine.where(reset_requests.c.closed_at.is_(None)).values(closed_at=now))
