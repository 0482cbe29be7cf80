"""A login session, the device it began on, and the refresh tokens that keep it going."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.links import fingerprint
from identity.logins.errors import RefreshTokenInvalid, RefreshTokenReused, SessionEnded
from identity.logins.events import EndReason, LoginRevoked


@dataclass(eq=False)
class LoginSession:
    """From logging in until logging out, at most until `expires_at`."""

    id: UUID
    account_id: UUID
    started_at: datetime
    last_used_at: datetime
    expires_at: datetime
    device_id: UUID | None = None  # None: begun before devices were known
    ended_at: datetime | None = None
    end_reason: EndReason | None = None

    @classmethod
    def start(
        cls,
        session_id: UUID,
        account_id: UUID,
        now: datetime,
        lifetime: timedelta,
        device_id: UUID | None = None,
    ) -> "LoginSession":
        """Return a session that lasts `lifetime` however often it is refreshed."""
        return cls(session_id, account_id, now, now, now + lifetime, device_id)

    def require_live(self, now: datetime) -> None:
        """Raise SessionEnded once it was ended or has lasted its lifetime."""
        if self.ended_at is not None or now >= self.expires_at:
            raise SessionEnded("This login is over. Log in again.")

    def use(self, now: datetime) -> None:
        """Note that it goes on. Raises SessionEnded."""
        self.require_live(now)
        self.last_used_at = now

    def end(self, reason: EndReason, now: datetime) -> LoginRevoked | None:
        """Allow no refresh from here on; None if it was over before."""
        if self.ended_at is not None or now >= self.expires_at:
            return None
        self.ended_at = now
        self.end_reason = reason
        return LoginRevoked(self.account_id, self.id, reason)


@dataclass(eq=False)
class RefreshToken:
    """One link in a session's chain. The first call that brings it takes it; a second has a copy.

    Calls are told apart by their idempotency key, so that a repeated call is not a second one.
    """

    digest: str
    session_id: UUID
    issued_at: datetime
    expires_at: datetime
    taken_by: str | None = None
    spent_at: datetime | None = None

    @classmethod
    def issue(
        cls, token: str, session: LoginSession, now: datetime, lifetime: timedelta
    ) -> "RefreshToken":
        """Return a token good for `lifetime`, and never longer than its session."""
        return cls(fingerprint(token), session.id, now, min(now + lifetime, session.expires_at))

    def is_taken_by_another(self, call_key: str) -> bool:
        """Return whether another call had it before: then one of the two holds a copy."""
        return self.taken_by not in (None, fingerprint(call_key))

    def take(self, call_key: str, now: datetime) -> None:
        """Reserve it for one call. Raises RefreshTokenReused or RefreshTokenInvalid (too old)."""
        if self.is_taken_by_another(call_key):
            raise RefreshTokenReused("This refresh token has been used before.")
        if now >= self.expires_at:
            raise RefreshTokenInvalid("This refresh token is too old. Log in again.")
        self.taken_by = fingerprint(call_key)

    def spend(self, call_key: str, now: datetime) -> None:
        """Exchange it, once. Raises RefreshTokenReused, also for a call that did not take it."""
        if self.spent_at is not None or self.taken_by != fingerprint(call_key):
            raise RefreshTokenReused("This refresh token has been exchanged before.")
        self.spent_at = now


@dataclass(eq=False)
class Device:
    """A device that somebody has logged in from: others' guesses do not bind it.

    Holds a token that logging in gave it; that lets nobody in, it only counts apart.
    """

    id: UUID
    account_id: UUID
    digest: str
    added_at: datetime
    expires_at: datetime

    @classmethod
    def add(
        cls, device_id: UUID, account_id: UUID, token: str, now: datetime, lifetime: timedelta
    ) -> "Device":
        """Return a device that is known by `token` until it was not used for `lifetime`."""
        return cls(device_id, account_id, fingerprint(token), now, now + lifetime)

    def use(self, now: datetime, lifetime: timedelta) -> None:
        """Be known for that long from now on."""
        self.expires_at = now + lifetime
