"""Queries on accounts and their credentials."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from identity.accounts.account import Account
from identity.accounts.credential import Credential
from identity.accounts.errors import AccountNotFound
from identity.accounts.tables import accounts

Row = TypeVar("Row", Account, Credential)


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
