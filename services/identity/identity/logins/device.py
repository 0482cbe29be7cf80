"""A device that somebody has logged in from: others' guesses do not bind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from identity.passwords.digest import digest


@dataclass(eq=False)
class Device:
    """Holds a token that logging in gave it; that lets nobody in, it only counts apart."""

    id: UUID
    account_id: UUID
    digest: str
    added_at: datetime
    expires_at: datetime

    @classmethod
    def add(
        cls, device_id: UUID, account_id: UUID, token: str, now: datetime, lifetime: timedelta
    ) -> "Device":
        """A device that is known by `token` until it was not used for `lifetime`."""
        return cls(device_id, account_id, digest(token), now, now + lifetime)

    def use(self, now: datetime, lifetime: timedelta) -> None:
        """Be known for that long from now on."""
        self.expires_at = now + lifetime
