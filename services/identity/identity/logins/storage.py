"""Queries on login sessions, their refresh tokens, and the devices they began on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from chassis.links import fingerprint
from chassis.paging import Paged
from identity.accounts.account import Account, Credential
from identity.accounts.errors import EmailOrPasswordWrong
from identity.accounts.storage import WITH_CREDENTIAL_HELD
from identity.accounts.tables import accounts, credentials
from identity.logins.errors import RefreshTokenInvalid, SessionEnded
from identity.logins.login import Device, LoginSession, RefreshToken
from identity.logins.tables import devices, login_sessions, refresh_tokens

_KNOWN_DEVICE = sa.and_(
    devices.c.account_id == accounts.c.id,
    devices.c.digest == sa.bindparam("of_device"),
    devices.c.expires_at > sa.bindparam("now"),
)
_KNOCK = (
    sa.select(
        accounts.c.id,
        credentials.c.password_hash,
        accounts.c.email_verified_at.is_not(None),
        devices.c.id,
    )
    .join_from(accounts, credentials)
    .outerjoin(devices, _KNOWN_DEVICE)
    .where(accounts.c.email_key == sa.bindparam("of_address"))
)
_WHO_LOGS_IN = WITH_CREDENTIAL_HELD.add_columns(Device).outerjoin(devices, _KNOWN_DEVICE)
_LOGIN = sa.select(LoginSession).where(login_sessions.c.id == sa.bindparam("of_login"))
_LOGIN_HELD = _LOGIN.with_for_update()
_REFRESH_TOKEN = sa.select(RefreshToken).where(refresh_tokens.c.digest == sa.bindparam("of_token"))
_REFRESH_TOKEN_HELD = _REFRESH_TOKEN.with_for_update()
_SESSION_OF_TOKEN = _REFRESH_TOKEN.with_only_columns(refresh_tokens.c.session_id)
_LIVE = sa.select(LoginSession).where(
    login_sessions.c.account_id == sa.bindparam("of_account"),
    login_sessions.c.ended_at.is_(None),
    login_sessions.c.expires_at > sa.bindparam("now"),
)
_LIVE_HELD = _LIVE.order_by(login_sessions.c.id).with_for_update()
_LIVE_BY_PAGE = Paged(_LIVE, login_sessions.c.id, descending=True)
_FORGET_DEVICES = sa.delete(devices).where(devices.c.account_id == sa.bindparam("of_account"))
_FORGET_OTHER_DEVICES = _FORGET_DEVICES.where(devices.c.id != sa.bindparam("kept"))
_FORGET_PASSWORD = sa.delete(credentials).where(
    credentials.c.account_id == sa.bindparam("of_account")
)


@dataclass(frozen=True)
class Knock:
    """What is known of whoever wants to log in, before their password is looked at."""

    account_id: UUID | None = None  # None: an unknown address
    password_hash: str | None = None
    proven: bool = False
    device_id: UUID | None = None  # None: not from a known device of that account


def find_knock(session: Session, email: str, device_token: str | None, now: datetime) -> Knock:
    """Return what is known of somebody with this address and, maybe, a device's token."""
    asked = {"of_address": address_key(email), "of_device": _digest(device_token), "now": now}
    found = session.execute(_KNOCK, asked).one_or_none()
    return Knock(*found) if found else Knock()


def lock_who_logs_in(
    session: Session, account_id: UUID, device_token: str | None, now: datetime
) -> tuple[Account, Credential, Device | None]:
    """Return the account and its credential, both held, and the device that has the token, if any.

    Raises EmailOrPasswordWrong for an account that was closed a moment ago.
    """
    asked = {"of_account": account_id, "of_device": _digest(device_token), "now": now}
    found = session.execute(_WHO_LOGS_IN, asked).one_or_none()
    if found is None:
        raise EmailOrPasswordWrong("E-mail address or password is wrong.")
    return found.Account, found.Credential, found.Device


def add_login(session: Session, login: LoginSession, token: RefreshToken) -> None:
    """Keep a new login session and its first refresh token."""
    session.add(login)
    session.flush()
    session.add(token)


def get_login(session: Session, login_id: UUID | None) -> LoginSession:
    """Return the login session. Raises SessionEnded: one that is not there is long over."""
    return _there(session.scalar(_LOGIN, {"of_login": login_id}))


def lock_login(session: Session, login_id: UUID | None) -> LoginSession:
    """Return the same, held until the transaction ends."""
    return _there(session.scalar(_LOGIN_HELD, {"of_login": login_id}))


def lock_refresh_token(session: Session, token: str) -> tuple[LoginSession, RefreshToken]:
    """Return session and token, both held, the session first. Raises RefreshTokenInvalid."""
    mine = {"of_token": fingerprint(token)}
    login_id = session.scalar(_SESSION_OF_TOKEN, mine)
    if login_id is None:
        raise RefreshTokenInvalid("This refresh token is not valid. Log in again.")
    login = lock_login(session, login_id)
    return login, session.scalars(_REFRESH_TOKEN_HELD, mine).one()


def lock_live_logins(session: Session, account_id: UUID, now: datetime) -> list[LoginSession]:
    """Return all of an account's sessions that are not over, held until the transaction ends."""
    return list(session.scalars(_LIVE_HELD, {"of_account": account_id, "now": now}))


def list_live_logins(
    session: Session, account_id: UUID, now: datetime, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Return one page of an account's sessions that are not over, newest first."""
    return _LIVE_BY_PAGE.read(session, limit, cursor, of_account=account_id, now=now)


def forget_devices(session: Session, account_id: UUID, keep: UUID | None = None) -> None:
    """Know the account's devices no more, but the one to `keep`."""
    if keep is None:
        session.execute(_FORGET_DEVICES, {"of_account": account_id})
    else:
        session.execute(_FORGET_OTHER_DEVICES, {"of_account": account_id, "kept": keep})


def forget_access(session: Session, account_id: UUID) -> None:
    """Take password and devices from an account: nobody can log in to it any more."""
    session.execute(_FORGET_PASSWORD, {"of_account": account_id})
    forget_devices(session, account_id)


def _digest(device_token: str | None) -> str | None:
    return None if device_token is None else fingerprint(device_token)


def _there(login: LoginSession | None) -> LoginSession:
    if login is None:
        raise SessionEnded("This login is over. Log in again.")
    return login
