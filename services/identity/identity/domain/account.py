"""Account: who somebody is to the whole system, and whether their address is known to be theirs."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from chassis.addresses import address_key
from identity.domain.errors import EmailAlreadyVerified
from identity.domain.events import (
    AccountRegistered,
    EmailVerified,
    Kind,
    PasswordChanged,
    RegistrationRepeated,
    VerificationRequested,
)

Said = TypeVar("Said", AccountRegistered, EmailVerified)


@dataclass(eq=False)
class Account:
    """One person's account. `version` counts its changes: others keep a projection by it."""

    id: UUID
    kind: Kind
    email: str
    email_key: str
    name: str
    phone: str | None
    registered_at: datetime
    email_verified_at: datetime | None = None
    version: int = 1

    @classmethod
    def register(
        cls, account_id: UUID, kind: Kind, email: str, name: str, phone: str | None, now: datetime
    ) -> tuple["Account", AccountRegistered]:
        """A new account, whose address is not verified yet, and the event that says so (S1-34)."""
        account = cls(account_id, kind, email, address_key(email), name, phone, now)
        return account, account._in_full(AccountRegistered)

    @property
    def account_id(self) -> UUID:
        return self.id

    @property
    def email_verified(self) -> bool:
        return self.email_verified_at is not None

    def register_again(self) -> RegistrationRepeated:
        """Its address was given once more: nothing changes, whoever tried (S1-35)."""
        return RegistrationRepeated(self.id, self.email, self.name)

    def verify_email(self, now: datetime) -> EmailVerified:
        """Somebody who reads the mailbox has confirmed (S4-02)."""
        self.require_unverified()
        self.email_verified_at = now
        self.version += 1
        return self._in_full(EmailVerified)

    def prove_mailbox(self, now: datetime) -> EmailVerified | None:
        """A spent reset link shows the same as a verification link; None if it was known."""
        return None if self.email_verified else self.verify_email(now)

    def request_verification(self) -> VerificationRequested:
        """Send the verification mail again. Raises EmailAlreadyVerified."""
        self.require_unverified()
        return VerificationRequested(self.id, self.email, self.name)

    def require_unverified(self) -> None:
        """Raise EmailAlreadyVerified if there is nothing left to verify."""
        if self.email_verified:
            raise EmailAlreadyVerified("This address is verified already.")

    def password_changed(self, now: datetime) -> PasswordChanged:
        """The event that lets the owner be told."""
        return PasswordChanged(self.id, self.email, self.name, now)

    def _in_full(self, event: type[Said]) -> Said:
        return event(**{field.name: getattr(self, field.name) for field in fields(event)})
