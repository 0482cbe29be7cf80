"""What owners do with their accounts: another name, address or kind, and the end of it.

What follows from an end for firms, licenses and clients is said beforehand by
`clients.preview_closing` (docs/decisions/0038).
"""

from collections.abc import Mapping
from typing import Any

from identity.accounts import storage as accounts
from identity.accounts.account import Account, Details
from identity.accounts.acts import sure
from identity.accounts.credential import Credential
from identity.accounts.events import CloseReason, Kind
from identity.links import storage as links
from identity.links.link import Purpose
from identity.owners import end_acts
from identity.owners.errors import EmailTaken


def describe(tx: Any, changes: Mapping[str, Any]) -> Account:
    """The caller's account under the name and phone number that they say; what is absent stays."""
    account = accounts.lock_account(tx.session, tx.actor.account_id)
    name, phone = changes.get("name", account.name), changes.get("phone", account.phone)
    tx.emit(account.describe(Details(account.kind, name, phone)))
    return account


def move(tx: Any, token: str, verified_hash: str) -> None:
    """The account belongs to the new address, whose mailbox the link came from.

    What nobody has proven there ends, as with every proof (0029). Raises EmailTaken.
    """
    link, account = links.lock_link(tx.session, token, Purpose.CHANGE_EMAIL)
    link.spend(tx.now)
    credential = accounts.lock_credential(tx.session, account.id)
    credential.require_unchanged(verified_hash)
    change = links.get_email_change(tx.session, link.email_change_id)
    _make_room(tx, account, change.email)
    end_acts.end_what_was_mailed(tx, account)
    tx.emit(account.move_to(change.email, tx.now))


def change_kind(tx: Any, kind: Kind, verified_hash: str) -> Account:
    """The caller's new account, of the other kind, under the same address and password.

    A kind never changes (S1-29), so the one that was there ends, and all that hangs on it.
    Raises KindUnchanged, EmailNotVerified, EmailOrPasswordWrong.
    """
    account, credential = sure(tx, verified_hash)
    account.require_other_kind(kind)
    password_hash = credential.password_hash
    end_acts.close_account(tx, account, CloseReason.KIND_CHANGED)
    details = Details(kind, account.name, account.phone)
    fresh, registered = Account.register_proven(tx.new_id(), account.email, details, tx.now)
    accounts.add_account(tx.session, fresh, Credential(fresh.id, password_hash, tx.now))
    tx.emit(registered)
    return fresh


def close(tx: Any, verified_hash: str) -> None:
    """The caller's account ends, for good. Raises EmailOrPasswordWrong."""
    account, _ = sure(tx, verified_hash)
    end_acts.close_account(tx, account, CloseReason.BY_OWNER)


def _make_room(tx: Any, account: Account, email: str) -> None:
    other = accounts.lock_account_of(tx.session, email)
    if other is None or other.id == account.id:
        return
    if other.email_verified:
        raise EmailTaken("Another account has this address by now.")
    end_acts.close_account(tx, other, CloseReason.SUPERSEDED)
