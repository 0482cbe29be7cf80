"""Access tokens: short-lived proofs of who somebody is, which every service reads by itself."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.keys import Keyring
from chassis.tokens import TokenSigner
from identity.accounts.account import Account
from identity.logins.login import LoginSession


class AccessTokens(DependencyProvider):
    """Signs for people with identity's own key."""

    def setup(self) -> None:
        """Read the key. Raises ConfigurationError when it is missing."""
        configuration = self.container.config["chambers"]
        section = configuration.service(self.container.service_name)
        self._lifetime = float(section["access_token_lifetime"])
        keyring = Keyring(configuration.get("keys.directory"))
        self._signer = TokenSigner(keyring, self.container.service_name)

    def get_dependency(self, worker_ctx: Any) -> "AccessTokens":
        """The same for every call."""
        return self

    def issue(self, account: Account, login: LoginSession, now: datetime) -> dict[str, Any]:
        """`access_token` for the account in that session, and `access_expires_at`."""
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


def random_token() -> str:
    """256 random bits, as they may stand in a link."""
    return secrets.token_urlsafe(32)
