"""Queries on login sessions and their refresh tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import decode_cursor, page
from identity.domain.errors import RefreshTokenInvalid, SessionEnded
from identity.domain.link import digest
from identity.domain.login import LoginSession, RefreshToken
from identity.storage.tables import login_sessions, refresh_tokens


def add_login(session: Session, login: LoginSession, token: RefreshToken) -> None:
    """Keep a new login session and its first refresh token."""
    session.add(login)
    session.flush()
    session.add(token)


def get_login(session: Session, login_id: UUID | None) -> LoginSession:
    """The login session. Raises SessionEnded: one that is not there is long over."""
    return _there(session.get(LoginSession, login_id))


def lock_login(session: Session, login_id: UUID | None) -> LoginSession:
    """The same, held until the transaction ends."""
    return _there(session.get(LoginSession, login_id, with_for_update=True))


def lock_refresh_token(session: Session, token: str) -> tuple[LoginSession, RefreshToken]:
    """The token and its session, both held, the session first. Raises RefreshTokenInvalid."""
    mine = sa.select(refresh_tokens.c.session_id).where(refresh_tokens.c.digest == digest(token))
    login_id = session.scalar(mine)
    if login_id is None:
        raise RefreshTokenInvalid("This refresh token is not valid. Log in again.")
    login = lock_login(session, login_id)
    return login, session.get_one(RefreshToken, digest(token), with_for_update=True)


def lock_live_logins(session: Session, account_id: UUID, now: datetime) -> list[LoginSession]:
    """All of an account's sessions that are not over, held until the transaction ends."""
    mine = _live(account_id, now).order_by(login_sessions.c.id).with_for_update()
    return list(session.scalars(mine))


def list_live_logins(
    session: Session, account_id: UUID, now: datetime, limit: int, cursor: str | None
) -> dict[str, Any]:
    """One page of an account's sessions that are not over, newest first."""
    mine = _live(account_id, now).order_by(login_sessions.c.id.desc()).limit(limit + 1)
    if cursor:
        (after,) = decode_cursor(cursor, UUID)
        mine = mine.where(login_sessions.c.id < after)
    return page(list(session.scalars(mine)), limit, lambda login: (login.id,))


def _live(account_id: UUID, now: datetime) -> sa.Select[LoginSession]:
    mine = sa.select(LoginSession).where(login_sessions.c.account_id == account_id)
    return mine.where(login_sessions.c.ended_at.is_(None), login_sessions.c.expires_at > now)


def _there(login: LoginSession | None) -> LoginSession:
    if login is None:
        raise SessionEnded("This login is over. Log in again.")
    return login
