"""Queries on accounts and their credentials."""

from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from identity.domain.account import Account
from identity.domain.credential import Credential
from identity.domain.errors import AccountNotFound
from identity.storage.tables import accounts, credentials

Row = TypeVar("Row", Account, Credential)


def add_account(session: Session, account: Account, credential: Credential) -> None:
    """Keep a new account. IntegrityError if another has taken its address meanwhile."""
    session.add(account)
    session.flush()
    session.add(credential)


def find_account(session: Session, email: str) -> Account | None:
    """The account that this address belongs to, in whichever spelling."""
    return session.scalar(sa.select(Account).where(accounts.c.email_key == address_key(email)))


def get_account(session: Session, account_id: UUID) -> Account:
    """The account. Raises AccountNotFound."""
    return _there(session.get(Account, account_id))


def lock_account(session: Session, account_id: UUID) -> Account:
    """The account, held until the transaction ends. Raises AccountNotFound."""
    return _there(session.get(Account, account_id, with_for_update=True))


def find_password_hash(session: Session, email: str) -> tuple[UUID, str] | None:
    """`(account_id, password_hash)` of the account that this address belongs to."""
    mine = sa.select(credentials.c.account_id, credentials.c.password_hash).join(accounts)
    found = session.execute(mine.where(accounts.c.email_key == address_key(email))).one_or_none()
    return (found.account_id, found.password_hash) if found else None


def get_password_hash(session: Session, account_id: UUID) -> str:
    """The account's hash. Raises AccountNotFound."""
    return _there(session.get(Credential, account_id)).password_hash


def lock_credential(session: Session, account_id: UUID) -> Credential:
    """The account's credential, held until the transaction ends. Raises AccountNotFound."""
    return _there(session.get(Credential, account_id, with_for_update=True))


def _there(row: Row | None) -> Row:
    if row is None:
        raise AccountNotFound("There is no such account.")
    return row
