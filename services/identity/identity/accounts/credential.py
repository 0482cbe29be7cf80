"""What a person proves themselves with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from identity.accounts.errors import EmailOrPasswordWrong


@dataclass(eq=False)
class Credential:
    """The argon2 hash of an account's password."""

    account_id: UUID
    password_hash: str
    changed_at: datetime

    def require_unchanged(self, verified_hash: str) -> None:
        """Raise EmailOrPasswordWrong if the password was changed since it was verified."""
        if self.password_hash != verified_hash:
            raise EmailOrPasswordWrong("The password was changed a moment ago.")

    def change(self, password_hash: str, now: datetime) -> None:
        """Another password."""
        self.password_hash = password_hash
        self.changed_at = now

    def strengthen(self, password_hash: str | None) -> None:
        """The same password, hashed at today's cost; None if it was already."""
        if password_hash is not None:
            self.password_hash = password_hash
