"""Hand out what goes with a login session, and see that the caller's goes on."""

from datetime import datetime, timedelta
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.ids import new_token
from chassis.keys import Keyring
from chassis.tokens import TokenSigner
from identity.accounts.account import Account
from identity.logins import storage
from identity.logins.login import Device, LoginSession, RefreshToken


class AccessTokens(DependencyProvider):
    """Short-lived proofs of who somebody is, which every service reads by itself.

    Signed for people with identity's own key.
    """

    def setup(self) -> None:
        """Read the key. Raises ConfigurationError when it is missing."""
        configuration = self.container.config["chambers"]
        section = configuration.service(self.container.service_name)
        self._lifetime = float(section["access_token_lifetime"])
        keyring = Keyring(configuration.get("keys.directory"))
        self._signer = TokenSigner(keyring, self.container.service_name)

    def get_dependency(self, worker_ctx: Any) -> "AccessTokens":
        """Return the same for every call."""
        return self

    def issue(self, account: Account, login: LoginSession, now: datetime) -> dict[str, Any]:
        """Return `access_token` for the account in that session, and `access_expires_at`."""
        lifetime = min(self._lifetime, (login.expires_at - now).total_seconds())
        token = self._signer.person(
            account_id=account.id,
            kind=account.kind.value,
            name=account.name,
            email=account.email,
            verified=account.email_verified,
            session_id=login.id,
            lifetime=lifetime,
        )
        return {"access_token": token, "access_expires_at": now + timedelta(seconds=lifetime)}


def know_device(
    tx: Any, service: Any, account: Account, device: Device | None, token: str | None
) -> tuple[Device, str]:
    """Return the device and its token, known for longer now; else a new one and a new token."""
    age = timedelta(seconds=service.settings["device_lifetime"])
    if device is not None and token is not None:
        device.use(tx.now, age)
        return device, token
    fresh = new_token()
    device = Device.add(tx.new_id(), account.id, fresh, tx.now, age)
    tx.session.add(device)
    return device, fresh


def hand_out(tx: Any, service: Any, account: Account, login: LoginSession) -> dict[str, Any]:
    """Return an access token and the next refresh token of a session."""
    refresh_token = new_token()
    age = timedelta(seconds=service.settings["refresh_token_lifetime"])
    token = RefreshToken.issue(refresh_token, login, tx.now, age)
    storage.add_login(tx.session, login, token)
    return {
        **service.tokens.issue(account, login, tx.now),
        "refresh_token": refresh_token,
        "refresh_expires_at": token.expires_at,
        "account": account,
    }


def live_login(tx: Any) -> LoginSession:
    """Return the session behind the caller's token; here an ended one ends access at once (T20)."""
    login = storage.get_login(tx.session, tx.actor.session_id)
    login.require_live(tx.now)
    return login
