"""Count attempts before a login's transaction, or one by password, then hash.

Attempts are counted in a short transaction of their own, before the costly hash, so that they
count whatever comes of them. Nothing here tells a known address from an unknown one.
"""

from typing import Any
from uuid import UUID

from chassis.preparing import alters
from identity.accounts import storage as accounts
from identity.accounts.account import Account
from identity.accounts.errors import EmailOrPasswordWrong
from identity.logins import storage
from identity.logins.errors import RefreshTokenReused
from identity.logins.events import EndReason
from identity.passwords.before import admit
from identity.passwords.password import require_acceptable
from identity.passwords.throttle import GUESSES, guesses_at, guesses_from


@alters(
    drops={"email", "password"},
    adds={"account_id": UUID, "verified_hash": str, "stronger_hash": str | None, "counted_as": str},
)
def login(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the password; an unknown address costs the same time. Raises EmailOrPasswordWrong.

    Guesses from a device of the account are counted by it, so that a stranger's do not bind it.
    """
    email, password = request["email"], request["password"]
    if request["device_token"] is None:
        service.passwords.require_room()
    with service.db.transaction() as tx:
        knock = storage.find_knock(tx.session, email, request["device_token"], tx.now)
        holder = str(knock.account_id) if knock.device_id and knock.proven else None
        service.passwords.require_room(holder)
        subject = guesses_from(knock.device_id) if knock.device_id else guesses_at(email)
        admit(tx, subject, GUESSES)
    if not service.passwords.verify(password, knock.password_hash, holder):
        raise EmailOrPasswordWrong("E-mail address or password is wrong.")
    return {
        "account_id": knock.account_id,
        "verified_hash": knock.password_hash,
        "stronger_hash": service.passwords.rehash(password, knock.password_hash, holder),
        "counted_as": subject,
        "device_token": request["device_token"],
    }


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
    return request


@alters(
    drops={"current_password", "new_password"}, adds={"verified_hash": str, "password_hash": str}
)
def password_change(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the present password and hash the new one. Raises EmailOrPasswordWrong.

    Guesses are counted by the login session, so that a stranger's do not bind its holder.
    """
    account, verified_hash = _counted(service, call)
    require_acceptable(request["new_password"], account.email, "new_password")
    _require_password(service, account, request["current_password"], verified_hash)
    password_hash = service.passwords.hash(request["new_password"], _holder(account))
    return {"verified_hash": verified_hash, "password_hash": password_hash}


@alters(drops={"current_password"}, adds={"verified_hash": str})
def by_password(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the present password of whoever does what cannot be taken back.

    Counted as for a change of password. Raises EmailOrPasswordWrong.
    """
    account, verified_hash = _counted(service, call)
    _require_password(service, account, request.pop("current_password"), verified_hash)
    return request | {"verified_hash": verified_hash}


def _counted(service: Any, call: Any) -> tuple[Account, str]:
    """Return the caller's account and its hash, a guess counted by their login session."""
    with service.db.transaction() as tx:
        storage.get_login(tx.session, call.actor.session_id).require_live(tx.now)
        account, credential = accounts.get_with_credential(tx.session, call.actor.account_id)
        admit(tx, f"session:{call.actor.session_id}", GUESSES)
        return account, credential.password_hash


def _require_password(service: Any, account: Account, password: str, verified_hash: str) -> None:
    if not service.passwords.verify(password, verified_hash, _holder(account)):
        raise EmailOrPasswordWrong("The present password is wrong.")


def _holder(account: Account) -> str | None:
    """Accounts nobody has proven are to be had for nothing, so they come with everybody else."""
    return str(account.id) if account.email_verified else None
