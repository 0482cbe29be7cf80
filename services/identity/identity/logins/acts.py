"""Begin a login session, hand out what goes with it, and see that it goes on."""

from typing import Any
from uuid import UUID

from identity.accounts import storage as accounts
from identity.accounts.account import Account
from identity.accounts.errors import AccountNotFound, EmailOrPasswordWrong
from identity.logins import storage
from identity.logins.device import Device
from identity.logins.login import LoginSession, RefreshToken
from identity.logins.token_acts import random_token
from identity.settings import lifetime


def lock_checked_account(
    tx: Any, account_id: UUID, verified_hash: str, stronger_hash: str | None
) -> Account:
    """The account, its password held, and hashed more strongly where a hash is given.

    Raises EmailOrPasswordWrong if password or account ended since the password was checked.
    """
    try:
        credential = accounts.lock_credential(tx.session, account_id)
        account = accounts.get_account(tx.session, account_id)
    except AccountNotFound as error:  # it was closed a moment ago
        raise EmailOrPasswordWrong("E-mail address or password is wrong.") from error
    credential.require_unchanged(verified_hash)
    credential.strengthen(stronger_hash)
    return account


def begin(tx: Any, service: Any, account: Account, device_token: str | None) -> dict[str, Any]:
    """A new session for whoever gave the right password, and a token for their device."""
    device, device_token = _device(tx, service, account, device_token)
    age = lifetime(service.settings, "session")
    login = LoginSession.start(tx.new_id(), account.id, tx.now, age, device.id)
    return hand_out(tx, service, account, login) | {"device_token": device_token}


def hand_out(tx: Any, service: Any, account: Account, login: LoginSession) -> dict[str, Any]:
    """An access token and the next refresh token of a session."""
    refresh_token = random_token()
    age = lifetime(service.settings, "refresh_token")
    token = RefreshToken.issue(refresh_token, login, tx.now, age)
    storage.add_login(tx.session, login, token)
    return {
        **service.tokens.issue(account, login, tx.now),
        "refresh_token": refresh_token,
        "refresh_expires_at": token.expires_at,
        "account": account,
    }


def live_login(tx: Any) -> LoginSession:
    """The session behind the caller's token; here an ended one ends access at once (T20)."""
    login = storage.get_login(tx.session, tx.actor.session_id)
    login.require_live(tx.now)
    return login


def _device(tx: Any, service: Any, account: Account, token: str | None) -> tuple[Device, str]:
    """The device that holds the token, known for longer now; else a new one with a new token."""
    age = lifetime(service.settings, "device")
    device = storage.find_device(tx.session, account.id, token, tx.now)
    if device is not None and token is not None:
        device.use(tx.now, age)
        return device, token
    fresh = random_token()
    device = Device.add(tx.new_id(), account.id, fresh, tx.now, age)
    tx.session.add(device)
    return device, fresh
