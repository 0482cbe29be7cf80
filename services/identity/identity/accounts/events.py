"""Facts about accounts. Field names are public: they stand in asyncapi.json.

Every event of an account has the account as its subject, so they arrive in order.
No password, token or link is ever in one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Kind(StrEnum):
    """What an account is for; it never changes (S1-29)."""

    PROFESSIONAL = "professional"
    CLIENT = "client"


class CloseReason(StrEnum):
    """Why an account is over."""

    SUPERSEDED = "superseded"  # whoever reads the mailbox stands by another sign-up
    UNPROVEN = "unproven"  # nobody showed in time that the address is theirs
    BY_OWNER = "by_owner"
    KIND_CHANGED = "kind_changed"  # its owner goes on under a new one, of the other kind


@dataclass(frozen=True)
class AccountRegistered:
    """A new account in full; others keep a projection of it.

    Its address is verified from the start where it takes the place of one that was not.
    """

    TYPE: ClassVar = "account_registered.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    kind: Kind
    email: str
    name: str
    phone: str | None
    email_verified: bool
    version: int


@dataclass(frozen=True)
class EmailVerified:
    """The account in full, once its owner has shown that the address is theirs."""

    TYPE: ClassVar = "email_verified.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    kind: Kind
    email: str
    name: str
    phone: str | None
    email_verified: bool
    version: int


@dataclass(frozen=True)
class AccountChanged:
    """The account in full, once its owner has another name or phone number."""

    TYPE: ClassVar = "account_changed.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    kind: Kind
    email: str
    name: str
    phone: str | None
    email_verified: bool
    version: int


@dataclass(frozen=True)
class EmailChanged:
    """The account in full, once its owner has shown that the new address is theirs."""

    TYPE: ClassVar = "email_changed.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    kind: Kind
    email: str
    name: str
    phone: str | None
    email_verified: bool
    version: int
    old_email: str
    old_email_verified: bool
    changed_at: datetime


@dataclass(frozen=True)
class AccountClosed:
    """The account in full as it ended: it is nobody's any more, and its address is free."""

    TYPE: ClassVar = "account_closed.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    kind: Kind
    email: str
    name: str
    phone: str | None
    email_verified: bool
    version: int
    reason: CloseReason
    closed_at: datetime


@dataclass(frozen=True)
class VerificationRequested:
    """The verification mail is wanted: once more, or for another sign-up with the address."""

    TYPE: ClassVar = "verification_requested.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    email: str
    name: str
    email_verified: bool
    sign_up_id: UUID | None  # whose link it is; None: the account's own


@dataclass(frozen=True)
class RegistrationRepeated:
    """Somebody tried to register an address that is proven: its owner is told by mail."""

    TYPE: ClassVar = "registration_repeated.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    email: str
    name: str
    email_verified: bool


@dataclass(frozen=True)
class PasswordChanged:
    """By its owner or through a reset link; the owner is told by mail."""

    TYPE: ClassVar = "password_changed.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    email: str
    name: str
    changed_at: datetime
    email_verified: bool
