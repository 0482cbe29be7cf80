"""Account: who somebody is to the whole system, and whether their address is known to be theirs.

Its credential is what its owner proves themselves with.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from chassis.addresses import address_key
from identity.accounts.errors import (
    EmailAlreadyVerified,
    EmailNotVerified,
    EmailOrPasswordWrong,
    KindUnchanged,
)
from identity.accounts.events import (
    AccountChanged,
    AccountClosed,
    AccountRegistered,
    CloseReason,
    EmailChanged,
    EmailVerified,
    Kind,
    PasswordChanged,
    RegistrationRepeated,
    VerificationRequested,
)

PHONE_MAX = 40
Said = TypeVar(
    "Said", AccountRegistered, EmailVerified, AccountChanged, EmailChanged, AccountClosed
)


@dataclass(frozen=True)
class Details:
    """Whose account it is, as they say themselves."""

    kind: Kind
    name: str
    phone: str | None = None


@dataclass(eq=False)
class Account:
    """One person's account. `version` counts its changes: others keep a projection by it."""

    id: UUID
    kind: Kind
    email: str
    email_key: str | None  # None once it is closed: the address is free
    name: str
    phone: str | None
    registered_at: datetime
    email_verified_at: datetime | None = None
    lapses_at: datetime | None = None  # when it ends by itself; None once it is proven or closed
    closed_at: datetime | None = None
    version: int = 1

    @classmethod
    def register(
        cls, account_id: UUID, email: str, details: Details, now: datetime, lapses_at: datetime
    ) -> tuple["Account", AccountRegistered]:
        """Return a new account, its address not verified yet, and the event of it (S1-34)."""
        return cls._new(account_id, email, details, now, lapses_at=lapses_at)

    @classmethod
    def register_proven(
        cls, account_id: UUID, email: str, details: Details, now: datetime
    ) -> tuple["Account", AccountRegistered]:
        """Return a new account of somebody who has shown the address is theirs, and its event."""
        return cls._new(account_id, email, details, now, email_verified_at=now)

    @classmethod
    def _new(
        cls, account_id: UUID, email: str, details: Details, now: datetime, **more: Any
    ) -> tuple["Account", AccountRegistered]:
        account = cls(
            account_id, details.kind, email, address_key(email), details.name, details.phone, now,
            **more,
        )  # fmt: skip
        return account, account._in_full(AccountRegistered)

    @property
    def account_id(self) -> UUID:
        return self.id

    @property
    def email_verified(self) -> bool:
        return self.email_verified_at is not None

    def register_again(self) -> RegistrationRepeated:
        """Return the news: its address was given again; nothing changes, whoever tried (S1-35)."""
        return RegistrationRepeated(self.id, self.email, self.name, self.email_verified)

    def wait_until(self, end: datetime) -> None:
        """Do not end before a link that was mailed for it does; a proven one ends by no time."""
        if self.lapses_at is not None:
            self.lapses_at = max(self.lapses_at, end)

    def verify_email(self, now: datetime) -> EmailVerified:
        """Be verified: somebody who reads the mailbox has confirmed (S4-02)."""
        self.require_unverified()
        self.email_verified_at = now
        self.lapses_at = None
        self.version += 1
        return self._in_full(EmailVerified)

    def prove_mailbox(self, now: datetime) -> EmailVerified | None:
        """Be verified by a spent reset link, which shows the same; None if it was known."""
        return None if self.email_verified else self.verify_email(now)

    def rename(self, details: Details) -> None:
        """Be named as its holder last said; the kind stays. The next event says it."""
        self.name, self.phone = details.name, details.phone

    def describe(self, details: Details) -> AccountChanged | None:
        """Be named and called as its owner says; None where that is so already."""
        if (self.name, self.phone) == (details.name, details.phone):
            return None
        self.rename(details)
        self.version += 1
        return self._in_full(AccountChanged)

    def move_to(self, email: str, now: datetime) -> EmailChanged:
        """Belong to another address, which its owner has just shown to be theirs."""
        old = {"old_email": self.email, "old_email_verified": self.email_verified}
        self.email, self.email_key = email, address_key(email)
        self.email_verified_at, self.lapses_at = now, None
        self.version += 1
        return self._in_full(EmailChanged, **old, changed_at=now)

    def require_other_kind(self, kind: Kind) -> None:
        """Raise KindUnchanged; or EmailNotVerified, as the mailbox decides whose it is (0029)."""
        if not self.email_verified:
            raise EmailNotVerified("Confirm your e-mail address first, and say the kind with it.")
        if kind is self.kind:
            raise KindUnchanged("Your account is of this kind already.", kind=kind.value)

    def close(self, reason: CloseReason, now: datetime) -> AccountClosed:
        """Close for good: nobody logs in any more, and the address can be registered anew."""
        self.closed_at = now
        self.email_key = self.lapses_at = None
        self.version += 1
        return self._in_full(AccountClosed, reason=reason)

    def has_lapsed(self, now: datetime) -> bool:
        """Return whether its time to be proven is over."""
        return self.lapses_at is not None and now >= self.lapses_at

    def request_verification(self) -> VerificationRequested:
        """Send the verification mail again. Raises EmailAlreadyVerified."""
        self.require_unverified()
        return VerificationRequested(self.id, self.email, self.name, self.email_verified, None)

    def require_unverified(self) -> None:
        """Raise EmailAlreadyVerified if there is nothing left to verify."""
        if self.email_verified:
            raise EmailAlreadyVerified("This address is verified already.")

    def password_changed(self, now: datetime) -> PasswordChanged:
        """Return the event that lets the owner be told."""
        return PasswordChanged(self.id, self.email, self.name, now, self.email_verified)

    def _in_full(self, event: type[Said], **more: Any) -> Said:
        mine = {field.name for field in fields(event)} - more.keys()
        return event(**{name: getattr(self, name) for name in mine}, **more)


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
        """Take another password."""
        self.password_hash = password_hash
        self.changed_at = now

    def strengthen(self, password_hash: str | None) -> None:
        """Keep the same password, hashed at today's cost; None if it was already."""
        if password_hash is not None:
            self.password_hash = password_hash
