"""Whose account asks for a connection, or answers."""

from dataclasses import dataclass
from uuid import UUID

from clients.connections import errors


@dataclass(frozen=True)
class Owner:
    """The account that asks for a connection or answers, as identity vouches for it."""

    account_id: UUID
    name: str
    email: str
    verified: bool


def require_verified(person: Owner) -> None:
    """Raise EmailNotVerified for somebody whose address is not known to be theirs."""
    if not person.verified:
        raise errors.EmailNotVerified("Verify your e-mail address first.")
