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


def has_unanswered(session: Session) -> bool:
    """Whether there is a request that nobody has looked at."""
    waiting = sa.select(reset_requests.c.id).where(reset_requests.c.email_key.is_not(None))
    return session.scalar(waiting.limit(1)) is not None


def lock_unanswered(session: Session, limit: int) -> list[tuple[ResetRequest, Account | None]]:
    """The oldest requests that nobody has looked at, each with the account it is for, if any.

    Held until the transaction ends; what another process has answered meanwhile is not among them.
    """
    waiting = sa.select(ResetRequest).where(reset_requests.c.email_key.is_not(None))
    oldest = waiting.order_by(reset_requests.c.requested_at).limit(limit).with_for_update()
    requests = list(session.scalars(oldest))
    keys = {request.email_key for request in requests}
    found = session.scalars(sa.select(Account).where(accounts.c.email_key.in_(keys)))
    of_key = {account.email_key: account for account in found}
    return [(request, of_key.get(request.email_key or "")) for request in requests]


def close_reset_requests(session: Session, account_id: UUID, now: datetime) -> None:
    """The password was changed: no mail that is still under way gets a link."""
    mine = sa.update(reset_requests).where(reset_requests.c.account_id == account_id)
    session.execute(mine.where(reset_requests.c.closed_at.is_(None)).values(closed_at=now))
