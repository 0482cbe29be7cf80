"""What owners do with their accounts: another name, address or kind, and the end of it.

What follows from an end for firms, licenses and clients is said beforehand by
`clients.preview_closing` (docs/decisions/0038).
"""

from typing import Any

from identity import ending, storage
from identity.domain.account import Account, Details
from identity.domain.credential import Credential
from identity.domain.email_change import EmailChange
from identity.domain.errors import EmailOrPasswordWrong, EmailTaken
from identity.domain.events import CloseReason, Kind
from identity.domain.link import Link, Purpose
from identity.domain.throttle import GUESSES
from identity.preparing import admit
from identity.settings import lifetime


def describe(tx: Any, said: dict[str, Any]) -> Account:
    """The caller's account under the name and phone number that they say."""
    account = storage.lock_account(tx.session, tx.actor.account_id)
    name, phone = said.get("name", account.name), said.get("phone", account.phone)
    tx.emit(account.describe(Details(account.kind, name, phone)))
    return account


def ask_for_address(tx: Any, service: Any, request: dict[str, Any]) -> None:
    """Have the new mailbox asked and the present one warned; the newest wish is the one.

    Whoever asks is answered alike for an address that is taken: its owner is told (T18).
    Raises EmailUnchanged, EmailOrPasswordWrong.
    """
    account, _ = _sure(tx, request)
    age = lifetime(service.settings, "email_change")
    change = EmailChange.ask(tx.new_id(), account, request["new_email"], tx.now, age)
    holder = storage.find_account_of(tx.session, change.email)
    taken = holder is not None and holder.id != account.id and holder.email_verified
    storage.revoke_links(tx.session, account.id, tx.now, Purpose.CHANGE_EMAIL)
    storage.close_email_changes(tx.session, account.id, tx.now)
    tx.session.add(change)
    tx.emit(change.requested(account, taken=taken))
    if holder is not None and taken:
        tx.emit(holder.register_again())


def link_to(tx: Any, token: str, change_id: Any) -> Link:
    """A link for the mail to the new address. Raises EmailChangeNotFound, EmailChangeClosed."""
    change = storage.get_email_change(tx.session, change_id)
    change.require_open(tx.now)
    age = change.expires_at - tx.now
    link = Link.issue(
        token, change.account_id, Purpose.CHANGE_EMAIL, tx.now, age, email_change_id=change.id
    )
    tx.session.add(link)
    return link


def confirmation(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the account's password for a link to a new address; none of it spends the link.

    Raises EmailOrPasswordWrong, and what a link raises that is not open.
    """
    with service.db.transaction() as tx:
        link = storage.get_link(tx.session, request["token"], Purpose.CHANGE_EMAIL)
        link.require_open(tx.now)
        holder = f"link:{link.digest}"
        admit(tx, holder, GUESSES)
        verified_hash = storage.get_password_hash(tx.session, link.account_id)
    if not service.passwords.verify(request["password"], verified_hash, holder):
        raise EmailOrPasswordWrong("This is not the password of that account.")
    return {"token": request["token"], "verified_hash": verified_hash}


def move(tx: Any, request: dict[str, Any]) -> None:
    """The account belongs to the new address, whose mailbox the link came from.

    What nobody has proven there ends, as with every proof (0029). Raises EmailTaken.
    """
    link, account = storage.lock_link(tx.session, request["token"], Purpose.CHANGE_EMAIL)
    link.spend(tx.now)
    credential = storage.lock_credential(tx.session, account.id)
    credential.require_unchanged(request["verified_hash"])
    change = storage.get_email_change(tx.session, link.email_change_id)
    _make_room(tx, account, change.email)
    ending.end_what_was_mailed(tx, account)
    tx.emit(account.move_to(change.email, tx.now))


def change_kind(tx: Any, request: dict[str, Any]) -> Account:
    """The caller's new account, of the other kind, under the same address and password.

    A kind never changes (S1-29), so the one that was there ends, and all that hangs on it.
    Raises KindUnchanged, EmailNotVerified, EmailOrPasswordWrong.
    """
    account, credential = _sure(tx, request)
    kind: Kind = request["kind"]
    account.require_other_kind(kind)
    password_hash = credential.password_hash
    ending.close_account(tx, account, CloseReason.KIND_CHANGED)
    details = Details(kind, account.name, account.phone)
    fresh, registered = Account.register_proven(tx.new_id(), account.email, details, tx.now)
    storage.add_account(tx.session, fresh, Credential(fresh.id, password_hash, tx.now))
    tx.emit(registered)
    return fresh


def close(tx: Any, request: dict[str, Any]) -> None:
    """The caller's account ends, for good. Raises EmailOrPasswordWrong."""
    account, _ = _sure(tx, request)
    ending.close_account(tx, account, CloseReason.BY_OWNER)


def _sure(tx: Any, request: dict[str, Any]) -> tuple[Account, Credential]:
    """The caller's account, held, with the password that was checked beforehand."""
    account = storage.lock_account(tx.session, tx.actor.account_id)
    credential = storage.lock_credential(tx.session, account.id)
    credential.require_unchanged(request["verified_hash"])
    return account, credential


def _make_room(tx: Any, account: Account, email: str) -> None:
    other = storage.lock_account_of(tx.session, email)
    if other is None or other.id == account.id:
        return
    if other.email_verified:
        raise EmailTaken("Another account has this address by now.")
    ending.close_account(tx, other, CloseReason.SUPERSEDED)
