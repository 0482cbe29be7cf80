"""Queries on accounts and their credentials."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.addresses import address_key
from identity.accounts.account import Account, Credential
from identity.accounts.errors import AccountNotFound
from identity.accounts.tables import accounts, credentials

Found = TypeVar("Found")

_OF_ADDRESS = sa.select(Account).where(accounts.c.email_key == sa.bindparam("of_address"))
_OPEN = accounts.c.id == sa.bindparam("of_account"), accounts.c.closed_at.is_(None)
_ACCOUNT = sa.select(Account).where(*_OPEN)
_WITH_CREDENTIAL = sa.select(Account, Credential).join_from(accounts, credentials).where(*_OPEN)
_ACCOUNT_HELD = _ACCOUNT.with_for_update().execution_options(populate_existing=True)
_OF_ADDRESS_HELD = _OF_ADDRESS.with_for_update().execution_options(populate_existing=True)
# The account before its credential, as everywhere: in the order of `of`.
WITH_CREDENTIAL_HELD = _WITH_CREDENTIAL.with_for_update(
    of=(accounts, credentials)
).execution_options(populate_existing=True)
_LAPSED = sa.select(accounts.c.id).where(accounts.c.lapses_at <= sa.bindparam("now"))


def add_account(session: Session, account: Account, credential: Credential) -> None:
    """Keep a new account. IntegrityError if another has taken its address meanwhile."""
    session.add(account)
    session.flush()
    session.add(credential)


def find_account_of(session: Session, email: str) -> Account | None:
    """Return the account that this address belongs to, in whichever spelling; None if none."""
    return session.scalar(_OF_ADDRESS, {"of_address": address_key(email)})


def lock_account_of(session: Session, email: str) -> Account | None:
    """Return the account that this address belongs to, held; None if none."""
    return session.scalar(_OF_ADDRESS_HELD, {"of_address": address_key(email)})


def get_account(session: Session, account_id: UUID) -> Account:
    """Return the account. Raises AccountNotFound, also for one that is closed."""
    return _there(session.scalar(_ACCOUNT, {"of_account": account_id}))


def lock_account(session: Session, account_id: UUID) -> Account:
    """Return the account, held until the transaction ends. Raises as `get_account`."""
    return _there(session.scalar(_ACCOUNT_HELD, {"of_account": account_id}))


def get_with_credential(session: Session, account_id: UUID) -> tuple[Account, Credential]:
    """Return the account and its credential. Raises as `get_account`."""
    found = session.execute(_WITH_CREDENTIAL, {"of_account": account_id})
    account, credential = _there(found.one_or_none())
    return account, credential


def lock_with_credential(session: Session, account_id: UUID) -> tuple[Account, Credential]:
    """Return the account and its credential, both held. Raises as `get_account`."""
    found = session.execute(WITH_CREDENTIAL_HELD, {"of_account": account_id})
    account, credential = _there(found.one_or_none())
    return account, credential


def lapsed(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select accounts that nobody has proven in time."""
    return _LAPSED.params(now=now)


def _there(found: Found | None) -> Found:
    if found is None:
        raise AccountNotFound("There is no such account.")
    return found
