"""Queries on accounts and their credentials."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from identity.domain.account import Account
from identity.domain.credential import Credential
from identity.domain.errors import AccountNotFound
from identity.domain.link import digest
from identity.storage.tables import accounts, credentials, devices

Row = TypeVar("Row", Account, Credential)


@dataclass(frozen=True)
class Knock:
    """What is known of whoever wants to log in, before their password is looked at."""

    account_id: UUID | None = None  # None: an unknown address
    password_hash: str | None = None
    proven: bool = False
    device_id: UUID | None = None  # None: not from a known device of that account


def add_account(session: Session, account: Account, credential: Credential) -> None:
    """Keep a new account. IntegrityError if another has taken its address meanwhile."""
    session.add(account)
    session.flush()
    session.add(credential)


def find_account_of(session: Session, email: str) -> Account | None:
    """The account that this address belongs to, in whichever spelling; None if none."""
    return session.scalar(sa.select(Account).where(accounts.c.email_key == address_key(email)))


def lock_account_of(session: Session, email: str) -> Account | None:
    """The account that this address belongs to, in whichever spelling, held; None if none."""
    mine = sa.select(Account).where(accounts.c.email_key == address_key(email))
    return session.scalar(mine.with_for_update().execution_options(populate_existing=True))


def get_account(session: Session, account_id: UUID) -> Account:
    """The account. Raises AccountNotFound, also for one that is closed."""
    return _open(session.get(Account, account_id))


def lock_account(session: Session, account_id: UUID) -> Account:
    """The account, held until the transaction ends. Raises AccountNotFound as `get_account`."""
    return _open(session.get(Account, account_id, with_for_update=True, populate_existing=True))


def lapsed(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects accounts that nobody has proven in time."""
    return sa.select(accounts.c.id).where(accounts.c.lapses_at <= now)


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


def get_password_hash(session: Session, account_id: UUID) -> str:
    """The account's hash. Raises AccountNotFound."""
    return _there(session.get(Credential, account_id)).password_hash


def lock_credential(session: Session, account_id: UUID) -> Credential:
    """The account's credential, held until the transaction ends. Raises AccountNotFound."""
    return _there(session.get(Credential, account_id, with_for_update=True))


def _open(account: Account | None) -> Account:
    return _there(account if account is None or account.closed_at is None else None)


def _there(row: Row | None) -> Row:
    if row is None:
        raise AccountNotFound("There is no such account.")
    return row
