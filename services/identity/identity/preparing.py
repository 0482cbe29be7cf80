"""What runs before a command's transaction: counting attempts, then hashing.

Attempts are counted in a short transaction of their own, before the costly hash, so that they
count whatever comes of them. Nothing here tells a known address from an unknown one.
"""

from collections.abc import Mapping
from typing import Any

from chassis.addresses import address_key
from identity import storage
from identity.domain.errors import EmailOrPasswordWrong, RefreshTokenReused
from identity.domain.events import EndReason
from identity.domain.link import Purpose, digest
from identity.domain.password import require_acceptable
from identity.domain.throttle import GUESSES, MAILS, Pace, hashings

EVERYBODY = "everybody"


def guesses_at(email: str) -> str:
    """The subject under which guesses at this address' password are counted."""
    return f"guess:{digest(address_key(email))}"


def mails_to(email: str) -> str:
    """The subject under which mails that anybody can cause are counted."""
    return f"mail:{digest(address_key(email))}"


def admit(tx: Any, service: Any, subjects: Mapping[str, Pace]) -> None:
    """Count one attempt for everybody and for each subject. Raises TooManyAttempts."""
    everybody = hashings(service.settings["attempts_per_minute"])
    for subject, pace in ({EVERYBODY: everybody} | dict(subjects)).items():
        storage.lock_throttle(tx.session, subject, tx.now).admit(pace, tx.now)


def registration(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Refuse a weak password, count, and hash, for known addresses as well (T18)."""
    password = request.pop("password")
    require_acceptable(password, request["email"])
    with service.db.transaction() as tx:
        admit(tx, service, {mails_to(request["email"]): MAILS})
    return request | {"password_hash": service.passwords.hash(password)}


def login(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the password; an unknown address costs the same time. Raises EmailOrPasswordWrong."""
    email, password = request["email"], request["password"]
    with service.db.transaction() as tx:
        admit(tx, service, {guesses_at(email): GUESSES})
        found = storage.find_password_hash(tx.session, email)
    account_id, password_hash = found or (None, None)
    if not service.passwords.verify(password, password_hash):
        raise EmailOrPasswordWrong("E-mail address or password is wrong.")
    stronger = service.passwords.rehash(password, password_hash)
    return {"account_id": account_id, "verified_hash": password_hash, "stronger_hash": stronger}


def password_change(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the present password and hash the new one. Raises EmailOrPasswordWrong."""
    with service.db.transaction() as tx:
        storage.get_login(tx.session, call.actor.session_id).require_live(tx.now)
        account = storage.get_account(tx.session, call.actor.account_id)
        admit(tx, service, {guesses_at(account.email): GUESSES})
        verified_hash = storage.get_password_hash(tx.session, account.id)
    require_acceptable(request["new_password"], account.email, "new_password")
    if not service.passwords.verify(request["current_password"], verified_hash):
        raise EmailOrPasswordWrong("The present password is wrong.")
    password_hash = service.passwords.hash(request["new_password"])
    return {"verified_hash": verified_hash, "password_hash": password_hash}


def password_reset(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Look whether the link is open before the costly hash; it is spent later."""
    token, new_password = request["token"], request["new_password"]
    with service.db.transaction() as tx:
        admit(tx, service, {})
        link = storage.get_link(tx.session, token, Purpose.RESET_PASSWORD)
        link.require_open(tx.now)
        account = storage.get_account(tx.session, link.account_id)
    require_acceptable(new_password, account.email, "new_password")
    return {"token": token, "password_hash": service.passwords.hash(new_password)}


def reset_request(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Count a mail to this address, whether or not it will be sent."""
    with service.db.transaction() as tx:
        admit(tx, service, {mails_to(request["email"]): MAILS})
    return request


def verification_request(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Count a mail to the caller's own address."""
    with service.db.transaction() as tx:
        account = storage.get_account(tx.session, call.actor.account_id)
        admit(tx, service, {mails_to(account.email): MAILS})
    return request


def refreshing(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Take the token for this call. A second call's copy ends the session, and that stays.

    Raises RefreshTokenReused, RefreshTokenInvalid or SessionEnded.
    """
    with service.db.transaction() as tx:
        login, token = storage.lock_refresh_token(tx.session, request["refresh_token"])
        copied = token.is_taken_by_another(call.key)
        if copied:
            tx.emit(login.end(EndReason.TOKEN_REUSED, tx.now))
        else:
            login.require_live(tx.now)
            token.take(call.key, tx.now)
    if copied:
        raise RefreshTokenReused("This login was ended: its refresh token was used twice.")
    return request | {"call_key": call.key}
