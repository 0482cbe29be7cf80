"""Queries on login sessions, their refresh tokens, and the devices they began on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from chassis.paging import Paged
from identity.accounts.tables import accounts, credentials
from identity.logins.device import Device
from identity.logins.errors import RefreshTokenInvalid, SessionEnded
from identity.logins.login import LoginSession, RefreshToken
from identity.logins.tables import devices, login_sessions, refresh_tokens
from identity.passwords.digest import digest

_LIVE = sa.select(LoginSession).where(
    login_sessions.c.account_id == sa.bindparam("of_account"),
    login_sessions.c.ended_at.is_(None),
    login_sessions.c.expires_at > sa.bindparam("now"),
)
_LIVE_BY_PAGE = Paged(_LIVE, login_sessions.c.id, descending=True)
_HELD = _LIVE.order_by(login_sessions.c.id).with_for_update()


@dataclass(frozen=True)
class Knock:
    """What is known of whoever wants to log in, before their password is looked at."""

    account_id: UUID | None = None  # None: an unknown address
    password_hash: str | None = None
    proven: bool = False
    device_id: UUID | None = None  # None: not from a known device of that account


def find_knock(session: Session, email: str, device_token: str | None, now: datetime) -> Knock:
    """What is known of somebody with this address and, maybe, a device's token; one statement."""
    known = sa.and_(
        devices.c.account_id == accounts.c.id,
        devices.c.digest == (digest(device_token) if device_token else None),
        devices.c.expires_at > now,
    )
    mine = (
        sa.select(
            accounts.c.id,
            credentials.c.password_hash,
            accounts.c.email_verified_at.is_not(None),
            devices.c.id,
        )
        .join_from(accounts, credentials)
        .outerjoin(devices, known)
    )
    found = session.execute(mine.where(accounts.c.email_key == address_key(email))).one_or_none()
    return Knock(*found) if found else Knock()


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
    return list(session.scalars(_HELD, {"of_account": account_id, "now": now}))


def list_live_logins(
    session: Session, account_id: UUID, now: datetime, limit: int, cursor: str | None
) -> dict[str, Any]:
    """One page of an account's sessions that are not over, newest first. Raises InvalidCursor."""
    return _LIVE_BY_PAGE.read(session, limit, cursor, of_account=account_id, now=now)


def find_device(
    session: Session, account_id: UUID, token: str | None, now: datetime
) -> Device | None:
    """The device of that account which holds the token; None for any other, and a forgotten one."""
    if token is None:
        return None
    mine = sa.select(Device).where(devices.c.digest == digest(token), devices.c.expires_at > now)
    return session.scalar(mine.where(devices.c.account_id == account_id))


def forget_devices(session: Session, account_id: UUID, keep: UUID | None = None) -> None:
    """The account's devices are known no more, but the one to `keep`."""
    mine = sa.delete(devices).where(devices.c.account_id == account_id)
    session.execute(mine if keep is None else mine.where(devices.c.id != keep))


def forget_access(session: Session, account_id: UUID) -> None:
    """Nobody can log in to the account any more: it has no password and no devices."""
    session.execute(sa.delete(credentials).where(credentials.c.account_id == account_id))
    forget_devices(session, account_id)


def _there(login: LoginSession | None) -> LoginSession:
    if login is None:
        raise SessionEnded("This login is over. Log in again.")
    return login
