"""The projection of identity's accounts."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.projections import keep_newest
from groups.accounts.account import Account, require_open
from groups.accounts.tables import accounts


def project_account(session: Session, state: dict[str, Any]) -> bool:
    """Take over identity's state of an account; False for one we have as new or newer."""
    return keep_newest(session, accounts, state)


def find_account(session: Session, account_id: UUID) -> Account | None:
    """Return what we know of the account."""
    return session.get(Account, account_id, populate_existing=True)


def get_account(session: Session, account_id: UUID) -> Account:
    """Return what we know of the account. Raises AccountNotFound, also for one that is closed."""
    return require_open(find_account(session, account_id))
