"""Queries on one-time links, sign-ups, requests for a new password, and changes of address."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.accounts.account import Account
from identity.accounts.tables import accounts
from identity.links.email_change import EmailChange
from identity.links.errors import (
    EmailChangeNotFound,
    LinkNotFound,
    ResetRequestNotFound,
    SignUpNotFound,
)
from identity.links.link import Link, Purpose
from identity.links.reset_request import ResetRequest
from identity.links.sign_up import SignUp
from identity.links.tables import email_changes, links, reset_requests, sign_ups
from identity.passwords.digest import digest


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


def get_sign_up(session: Session, sign_up_id: UUID, account_id: UUID) -> SignUp:
    """The sign-up with that account's address. Raises SignUpNotFound."""
    found = session.get(SignUp, sign_up_id)
    if found is None or found.account_id != account_id:
        raise SignUpNotFound("There is no such sign-up.")
    return found


def list_sign_ups(session: Session, account_id: UUID, limit: int) -> list[SignUp]:
    """The newest of those that wait beside an account."""
    mine = sa.select(SignUp).where(sign_ups.c.account_id == account_id)
    return list(session.scalars(mine.order_by(sign_ups.c.id.desc()).limit(limit)))


def forget_sign_ups(session: Session, account_id: UUID) -> None:
    """It is known whose the address is: none of those beside the account stands any more."""
    session.execute(sa.delete(sign_ups).where(sign_ups.c.account_id == account_id))


def get_reset_request(session: Session, request_id: UUID) -> ResetRequest:
    """The request. Raises ResetRequestNotFound."""
    request = session.get(ResetRequest, request_id)
    if request is None:
        raise ResetRequestNotFound("There is no such request.")
    return request


def unanswered(_now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects requests that nobody has looked at, of whatever age."""
    return sa.select(reset_requests.c.id).where(reset_requests.c.email_key.is_not(None))


def lock_unanswered(
    session: Session, request_id: UUID
) -> tuple[ResetRequest, Account | None] | None:
    """The request, held, and the account it is for, if any; None if it is answered meanwhile."""
    request = session.get(ResetRequest, request_id, with_for_update=True)
    if request is None or request.email_key is None:
        return None
    of_address = sa.select(Account).where(accounts.c.email_key == request.email_key)
    return request, session.scalars(of_address).one_or_none()


def close_reset_requests(session: Session, account_id: UUID, now: datetime) -> None:
    """The password was changed: no mail that is still under way gets a link."""
    mine = sa.update(reset_requests).where(reset_requests.c.account_id == account_id)
    session.execute(mine.where(reset_requests.c.closed_at.is_(None)).values(closed_at=now))


def get_email_change(session: Session, change_id: UUID | None) -> EmailChange:
    """What was asked for under that id. Raises EmailChangeNotFound."""
    change = session.get(EmailChange, change_id, populate_existing=True)
    if change is None:
        raise EmailChangeNotFound("Nobody asked for this change of address.")
    return change


def close_email_changes(session: Session, account_id: UUID, now: datetime) -> None:
    """Nothing that was asked for before is done any more: no mail under way gets a link."""
    mine = sa.update(email_changes).where(email_changes.c.account_id == account_id)
    session.execute(mine.where(email_changes.c.closed_at.is_(None)).values(closed_at=now))


def _by_token(token: str, purpose: Purpose) -> sa.Select[Link]:
    return sa.select(Link).where(links.c.digest == digest(token), links.c.purpose == purpose)


def _there(link: Link | None) -> Link:
    if link is None:
        raise LinkNotFound("This link is not valid.")
    return link
