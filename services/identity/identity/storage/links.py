"""Queries on one-time links."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.domain.account import Account
from identity.domain.errors import LinkNotFound
from identity.domain.link import Link, Purpose, digest
from identity.storage.tables import links


def get_link(session: Session, token: str, purpose: Purpose) -> Link:
    """The link that the token opens for that purpose. Raises LinkNotFound."""
    return _there(session.scalar(_by_token(token, purpose)))


def lock_link(session: Session, token: str, purpose: Purpose) -> tuple[Link, Account]:
    """The link and its account, also one that is closed, held until the transaction ends.

    The account first, as everywhere: of two that spend links of one account, the second waits
    for the first, and finds its link revoked.
    """
    account_id = get_link(session, token, purpose).account_id
    account = session.get_one(Account, account_id, with_for_update=True, populate_existing=True)
    held = _by_token(token, purpose).with_for_update().execution_options(populate_existing=True)
    return _there(session.scalar(held)), account


def revoke_links(session: Session, account_id: UUID, now: datetime, *purposes: Purpose) -> None:
    """What an account's open links were for is done: none of them works any more."""
    session.flush()
    mine = sa.update(links).where(links.c.account_id == account_id, links.c.purpose.in_(purposes))
    unspent = mine.where(links.c.used_at.is_(None), links.c.revoked_at.is_(None))
    session.execute(unspent.values(revoked_at=now))


def _by_token(token: str, purpose: Purpose) -> sa.Select[Link]:
    return sa.select(Link).where(links.c.digest == digest(token), links.c.purpose == purpose)


def _there(link: Link | None) -> Link:
    if link is None:
        raise LinkNotFound("This link is not valid.")
    return link
