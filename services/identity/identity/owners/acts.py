"""What a proof of the mailbox, a new password, and the end of an account bring about.

What follows from an end for firms, licenses and clients is said beforehand by
`clients.preview_closing` (docs/decisions/0038).
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from identity.accounts import storage as accounts
from identity.accounts.account import Account, Credential, Details
from identity.accounts.events import CloseReason
from identity.links import storage as links
from identity.links.link import Purpose
from identity.logins import storage as logins
from identity.logins.events import EndReason
from identity.logins.login import LoginSession
from identity.owners.errors import EmailTaken
from identity.owners.standing import Standing


def prove(tx: Any, account: Account, standing: Standing) -> None:
    """Make stand what the mailbox has proven: the account, or a new one in its place."""
    if standing.details is not None:
        close_account(tx, account, CloseReason.SUPERSEDED)
        begin_anew(tx, standing.email, standing.details, standing.password_hash)
        return
    if standing.renamed:
        account.rename(standing.renamed)
    tx.emit(account.prove_mailbox(tx.now))
    links.revoke_links(tx.session, account.id, tx.now, Purpose.VERIFY_EMAIL)
    links.forget_sign_ups(tx.session, account.id)


def reset_to(tx: Any, account: Account, credential: Credential, standing: Standing) -> None:
    """Give the account its new password, and end every login; or a new one in its place.

    One that was proven since the link was looked at is kept, whatever was said for it.
    """
    if not account.email_verified and standing.details is not None:
        prove(tx, account, standing)
        return
    if standing.verified_hash is not None:
        credential.require_unchanged(standing.verified_hash)
    credential.change(standing.password_hash, tx.now)
    prove(tx, account, replace(standing, details=None))
    after_new_password(tx, account, EndReason.PASSWORD_RESET)


def begin_anew(tx: Any, email: str, details: Details, password_hash: str) -> Account:
    """Open a new account for somebody who has proven the address, which is free."""
    account, registered = Account.register_proven(tx.new_id(), email, details, tx.now)
    accounts.add_account(tx.session, account, Credential(account.id, password_hash, tx.now))
    tx.emit(registered)
    return account


def make_room(tx: Any, account: Account, email: str) -> None:
    """End what nobody has proven at the address that the account moves to. Raises EmailTaken."""
    other = accounts.lock_account_of(tx.session, email)
    if other is None or other.id == account.id:
        return
    if other.email_verified:
        raise EmailTaken("Another account has this address by now.")
    close_account(tx, other, CloseReason.SUPERSEDED)


def after_new_password(
    tx: Any, account: Account, reason: EndReason, keep: LoginSession | None = None
) -> None:
    """End every login but `keep`, reset links, wishes for another address, and known devices.

    The owner is told. The device that `keep` was begun on stays known.
    """
    tx.emit(account.password_changed(tx.now))
    _end_logins(tx, account, reason, keep)
    logins.forget_devices(tx.session, account.id, keep.device_id if keep else None)
    links.revoke_links(tx.session, account.id, tx.now, Purpose.RESET_PASSWORD, Purpose.CHANGE_EMAIL)
    _close_requests(tx, account)


def end_what_was_mailed(tx: Any, account: Account) -> None:
    """End every link, request and sign-up: the account is over, or has another address."""
    links.revoke_links(tx.session, account.id, tx.now, *Purpose)
    _close_requests(tx, account)
    links.forget_sign_ups(tx.session, account.id)


def close_account(tx: Any, account: Account, reason: CloseReason) -> None:
    """End the account, which is held: logins, password, devices, links, requests, sign-ups.

    From then on its address is free. Whoever logs in at this moment holds the password before,
    and is ended here, or finds none after.
    """
    logins.forget_access(tx.session, account.id)
    _end_logins(tx, account, EndReason.ACCOUNT_CLOSED)
    end_what_was_mailed(tx, account)
    tx.emit(account.close(reason, tx.now))
    tx.session.flush()


def lapse(tx: Any, account_id: UUID) -> None:
    """Close an account that nobody has proven in time, unless that has changed meanwhile."""
    account = accounts.lock_account(tx.session, account_id)
    if account.has_lapsed(tx.now):
        close_account(tx, account, CloseReason.UNPROVEN)


def _close_requests(tx: Any, account: Account) -> None:
    links.close_reset_requests(tx.session, account.id, tx.now)
    links.close_email_changes(tx.session, account.id, tx.now)


def _end_logins(
    tx: Any, account: Account, reason: EndReason, keep: LoginSession | None = None
) -> None:
    for login in logins.lock_live_logins(tx.session, account.id, tx.now):
        if keep is None or login.id != keep.id:
            tx.emit(login.end(reason, tx.now))
