"""Queries on one-time links, sign-ups, requests for a new password, and changes of address."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.links import fingerprint
from identity.accounts.account import Account, Credential
from identity.accounts.errors import AccountNotFound
from identity.accounts.storage import WITH_CREDENTIAL_HELD
from identity.accounts.tables import accounts, credentials
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

_BY_TOKEN = links.c.digest == sa.bindparam("of_token"), links.c.purpose == sa.bindparam("meant_for")
_LINK_AND_OWNER = (
    sa.select(Link, Account, Credential)
    .join_from(links, accounts)
    .outerjoin(credentials)
    .where(*_BY_TOKEN)
)
_OWNER = sa.select(links.c.account_id).where(*_BY_TOKEN)
_LINK_HELD = sa.select(Link).where(*_BY_TOKEN).with_for_update()
_REVOKE = (
    sa.update(links)
    .where(
        links.c.account_id == sa.bindparam("of_account"),
        links.c.purpose.in_(sa.bindparam("purposes", expanding=True)),
        links.c.used_at.is_(None),
        links.c.revoked_at.is_(None),
    )
    .values(revoked_at=sa.bindparam("now"))
)
_BESIDE = sign_ups.c.account_id == sa.bindparam("of_account")
_SIGN_UP = sa.select(SignUp).where(sign_ups.c.id == sa.bindparam("of_sign_up"), _BESIDE)
_NEWEST_SIGN_UPS = (
    sa.select(SignUp)
    .where(_BESIDE)
    .order_by(sign_ups.c.id.desc())
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)
_FORGET_SIGN_UPS = sa.delete(sign_ups).where(_BESIDE)
_RESET_REQUEST = sa.select(ResetRequest).where(reset_requests.c.id == sa.bindparam("of_request"))
_EMAIL_CHANGE = sa.select(EmailChange).where(email_changes.c.id == sa.bindparam("of_change"))
_UNANSWERED = sa.select(reset_requests.c.id).where(reset_requests.c.email_key.is_not(None))
_UNANSWERED_HELD = (
    _RESET_REQUEST.add_columns(Account)
    .outerjoin_from(reset_requests, accounts, accounts.c.email_key == reset_requests.c.email_key)
    .where(reset_requests.c.email_key.is_not(None))
    .with_for_update(of=reset_requests)
)
_CLOSE_RESET_REQUESTS, _CLOSE_EMAIL_CHANGES = (
    sa.update(wishes)
    .where(wishes.c.account_id == sa.bindparam("of_account"), wishes.c.closed_at.is_(None))
    .values(closed_at=sa.bindparam("now"))
    for wishes in (reset_requests, email_changes)
)


def get_open_link(
    session: Session, token: str, purpose: Purpose, now: datetime
) -> tuple[Link, Account, str]:
    """Return the link that the token opens for that purpose, its account and that one's hash.

    Raises LinkNotFound, LinkUsed, LinkRevoked, LinkExpired, AccountNotFound.
    """
    asked = {"of_token": fingerprint(token), "meant_for": purpose}
    found = session.execute(_LINK_AND_OWNER, asked).one_or_none()
    if found is None:
        raise _no_link()
    found.Link.require_open(now)
    if found.Credential is None:
        raise _no_owner()
    return found.Link, found.Account, found.Credential.password_hash


def lock_open_link(
    session: Session, token: str, purpose: Purpose, now: datetime
) -> tuple[Link, Account, Credential]:
    """Return the link, its account and credential, held until the transaction ends.

    The account first, as everywhere: of two that spend links of one account, the second waits
    for the first, and finds its link revoked. Raises as `get_open_link`.
    """
    asked = {"of_token": fingerprint(token), "meant_for": purpose}
    of_account = {"of_account": session.scalar(_OWNER, asked)}
    owner = session.execute(WITH_CREDENTIAL_HELD, of_account).one_or_none()
    link = session.scalar(_LINK_HELD, asked)
    if link is None:
        raise _no_link()
    link.require_open(now)
    if owner is None:
        raise _no_owner()
    return link, owner.Account, owner.Credential


def revoke_links(session: Session, account_id: UUID, now: datetime, *purposes: Purpose) -> None:
    """Let none of an account's open links work any more: what they were for is done."""
    session.flush()
    session.execute(_REVOKE, {"of_account": account_id, "purposes": purposes, "now": now})


def get_sign_up(session: Session, sign_up_id: UUID, account_id: UUID) -> SignUp:
    """Return the sign-up with that account's address. Raises SignUpNotFound."""
    found = session.scalar(_SIGN_UP, {"of_sign_up": sign_up_id, "of_account": account_id})
    if found is None:
        raise SignUpNotFound("There is no such sign-up.")
    return found


def list_sign_ups(session: Session, account_id: UUID, limit: int) -> list[SignUp]:
    """Return the newest of those that wait beside an account."""
    mine = {"of_account": account_id, "up_to": limit}
    return list(session.scalars(_NEWEST_SIGN_UPS, mine))


def forget_sign_ups(session: Session, account_id: UUID) -> None:
    """Delete those beside the account: it is known whose the address is, and none stands."""
    session.execute(_FORGET_SIGN_UPS, {"of_account": account_id})


def get_reset_request(session: Session, request_id: UUID) -> ResetRequest:
    """Return the request. Raises ResetRequestNotFound."""
    request = session.scalar(_RESET_REQUEST, {"of_request": request_id})
    if request is None:
        raise ResetRequestNotFound("There is no such request.")
    return request


def unanswered(_now: datetime) -> sa.Select[tuple[UUID]]:
    """Select requests that nobody has looked at, of whatever age."""
    return _UNANSWERED


def lock_unanswered(
    session: Session, request_id: UUID
) -> tuple[ResetRequest, Account | None] | None:
    """Return the request, held, and its account, if any; None if it is answered meanwhile."""
    found = session.execute(_UNANSWERED_HELD, {"of_request": request_id}).one_or_none()
    return None if found is None else (found.ResetRequest, found.Account)


def close_reset_requests(session: Session, account_id: UUID, now: datetime) -> None:
    """Give no link to a mail that is still under way: the password was changed."""
    session.execute(_CLOSE_RESET_REQUESTS, {"of_account": account_id, "now": now})


def get_email_change(session: Session, change_id: UUID | None) -> EmailChange:
    """Return what was asked for under that id. Raises EmailChangeNotFound."""
    change = session.scalar(_EMAIL_CHANGE, {"of_change": change_id})
    if change is None:
        raise EmailChangeNotFound("Nobody asked for this change of address.")
    return change


def close_email_changes(session: Session, account_id: UUID, now: datetime) -> None:
    """Give no link to a mail that is still under way: another wish counts, or none."""
    session.execute(_CLOSE_EMAIL_CHANGES, {"of_account": account_id, "now": now})


def _no_link() -> LinkNotFound:
    return LinkNotFound("This link is not valid.")


def _no_owner() -> AccountNotFound:
    return AccountNotFound("There is no such account.")
