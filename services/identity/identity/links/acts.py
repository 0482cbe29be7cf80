"""Keep the wishes that a link is mailed for, and issue the links."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.ids import new_token
from identity.accounts import storage as accounts
from identity.accounts.account import Account, Credential, Details
from identity.accounts.acts import account_by_password
from identity.links import storage
from identity.links.email_change import EmailChange
from identity.links.link import Link, Purpose
from identity.links.sign_up import SignUp

LIFETIMES = {
    Purpose.VERIFY_EMAIL: "verification_link_lifetime",
    Purpose.RESET_PASSWORD: "reset_link_lifetime",
}


def sign_up(
    tx: Any, email: str, details: Details, password_hash: str, link_lifetime: timedelta
) -> None:
    """Open an account for an address that has none; sign up beside one that nobody has proven.

    Either gets the verification mail. The owner of a proven address is told by another mail.
    """
    known = accounts.lock_account_of(tx.session, email)
    lapses_at = tx.now + link_lifetime
    if known is None:
        account, registered = Account.register(tx.new_id(), email, details, tx.now, lapses_at)
        accounts.add_account(tx.session, account, Credential(account.id, password_hash, tx.now))
        tx.emit(registered)
    elif known.email_verified:
        tx.emit(known.register_again())
    else:
        known.wait_until(lapses_at)
        beside, asked = SignUp.beside(known, tx.new_id(), email, details, password_hash, tx.now)
        tx.session.add(beside)
        tx.emit(asked)


def ask_for_address(tx: Any, service: Any, new_email: str, verified_hash: str) -> None:
    """Have the new mailbox asked and the present one warned; the newest wish is the one.

    Whoever asks is answered alike for an address that is taken: its owner is told (T18).
    Raises EmailUnchanged, EmailOrPasswordWrong.
    """
    account, _ = account_by_password(tx, verified_hash)
    holder = accounts.find_account_of(tx.session, new_email)
    taken = holder is not None and holder.id != account.id and holder.email_verified
    age = timedelta(seconds=service.settings["email_change_lifetime"])
    change, asked = EmailChange.ask(tx.new_id(), account, new_email, tx.now, age, taken=taken)
    storage.revoke_links(tx.session, account.id, tx.now, Purpose.CHANGE_EMAIL)
    storage.close_email_changes(tx.session, account.id, tx.now)
    tx.session.add(change)
    tx.emit(asked)
    if holder is not None and taken:
        tx.emit(holder.register_again())


def issue_link(
    tx: Any, service: Any, account_id: UUID, purpose: Purpose, sign_up_id: UUID | None = None
) -> dict[str, Any]:
    """Return a token for one mail, and until when it works."""
    token, age = new_token(), timedelta(seconds=service.settings[LIFETIMES[purpose]])
    link = Link.issue(token, account_id, purpose, tx.now, age, sign_up_id=sign_up_id)
    tx.session.add(link)
    return {"token": token, "expires_at": link.expires_at}


def issue_email_change_link(tx: Any, change_id: UUID) -> dict[str, Any]:
    """Return a token for the mail to the new address, and until when it works.

    Raises EmailChangeNotFound, EmailChangeClosed.
    """
    change = storage.get_email_change(tx.session, change_id)
    change.require_open(tx.now)
    token, age = new_token(), change.expires_at - tx.now
    link = Link.issue(
        token, change.account_id, Purpose.CHANGE_EMAIL, tx.now, age, email_change_id=change.id
    )
    tx.session.add(link)
    return {"token": token, "expires_at": link.expires_at}


def answer(tx: Any, request_id: UUID) -> None:
    """Let the reset mail be sent if the address has an account, unless that is done meanwhile."""
    found = storage.lock_unanswered(tx.session, request_id)
    if found:
        asked, account = found
        tx.emit(asked.answer(account, tx.now))
