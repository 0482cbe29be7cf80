"""Logins of browsers: identity's tokens, sealed into a cookie. Nothing of them is kept here."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import orjson

from chassis.sealing import Sealer

LIFETIME = 30 * 86_400  # seconds a browser keeps the cookie; identity ends the login earlier
EARLY = 60  # seconds before its end an access token is exchanged


@dataclass(frozen=True)
class Session:
    """One login: tokens, and who it is, as identity said at the last exchange."""

    access_token: str
    refresh_token: str
    expires_at: float  # seconds since the epoch
    account_id: str
    kind: str  # professional or client
    name: str
    email: str
    verified: bool

    @classmethod
    def begun(cls, login: dict[str, Any]) -> "Session":
        """Return the session that identity's answer to a login or a refresh opens."""
        account = login["account"]
        return cls(
            access_token=login["access_token"],
            refresh_token=login["refresh_token"],
            expires_at=datetime.fromisoformat(login["access_expires_at"]).timestamp(),
            account_id=account["account_id"],
            kind=account["kind"],
            name=account["name"],
            email=account["email"],
            verified=account["email_verified"],
        )

    @classmethod
    def kept(cls, content: Any) -> "Session | None":
        """Return the session that a cookie kept; None for what another release has written."""
        names = {field.name for field in fields(cls)}
        is_ours = isinstance(content, dict) and content.keys() == names
        return cls(**content) if is_ours else None

    def is_over_at(self, now: float) -> bool:
        """Return whether the access token has to be exchanged before it is used."""
        return now >= self.expires_at - EARLY

    @property
    def refresh_key(self) -> str:
        """The idempotency key of the exchange: two tabs that exchange at once do it once."""
        return hashlib.sha256(b"refresh " + self.refresh_token.encode()).hexdigest()


class CookieSealer:
    """Seals what a browser keeps for us; several secrets, so that the key can be changed."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        self._sealers = [Sealer(secret) for secret in secrets]

    def seal(self, purpose: str, content: Any) -> str:
        """Return ``content`` (JSON) as a cookie's text, readable for that purpose only."""
        sealed = self._sealers[0].seal(orjson.dumps([purpose, content]))
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, purpose: str, text: str) -> Any:
        """Return what was sealed for that purpose; None for anything else."""
        try:
            sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            return None
        for sealer in self._sealers:
            opened = sealer.open(sealed) if len(sealed) > 12 else None
            if opened is not None:
                found, content = orjson.loads(opened)
                return content if found == purpose else None
        return None
