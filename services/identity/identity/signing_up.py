"""Somebody signs up with an address: as its first, beside others, or where it is taken."""

from datetime import timedelta
from typing import Any

from identity import storage
from identity.domain.account import Account, Details
from identity.domain.credential import Credential
from identity.domain.sign_up import SignUp


def sign_up(tx: Any, request: dict[str, Any], link_lifetime: timedelta) -> None:
    """An account for an address that has none; a sign-up beside one that nobody has proven.

    Either gets the verification mail. The owner of a proven address is told by another mail.
    """
    details = Details(request["kind"], request["name"], request["phone"])
    email, password_hash = request["email"], request["password_hash"]
    known = storage.lock_account_of(tx.session, email)
    lapses_at = tx.now + link_lifetime
    if known is None:
        account, registered = Account.register(tx.new_id(), email, details, tx.now, lapses_at)
        credential = Credential(account.id, password_hash, tx.now)
        storage.add_account(tx.session, account, credential)
        tx.emit(registered)
    elif known.email_verified:
        tx.emit(known.register_again())
    else:
        known.wait_until(lapses_at)
        _beside(tx, known, email, details, password_hash)


def _beside(tx: Any, known: Account, email: str, details: Details, password_hash: str) -> None:
    sign_up = SignUp(
        id=tx.new_id(),
        account_id=known.id,
        kind=details.kind,
        email=email,
        name=details.name,
        phone=details.phone,
        password_hash=password_hash,
        signed_up_at=tx.now,
    )
    tx.session.add(sign_up)
    tx.emit(sign_up.request_verification())
