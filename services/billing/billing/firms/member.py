"""What billing knows of a firm's members: who may buy, and who gets the receipts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from billing.firms.errors import BuyingNotAllowed
from billing.firms.events import Recipient


class Role(StrEnum):
    """The roles billing tells apart; any other one neither buys nor gets receipts."""

    ADMIN = "admin"
    BILLING_ONLY = "billing_only"


BUYERS = frozenset({Role.ADMIN, Role.BILLING_ONLY})


def needs_license(role: str) -> bool:
    """Return whether a member of that role holds a license: all but billing-only ones do (Q2)."""
    return role != Role.BILLING_ONLY


@dataclass(frozen=True)
class Buyer:
    """The caller, as a member of the firm that everything asked for is looked up in."""

    account_id: UUID
    firm_id: UUID
    role: str

    @property
    def may_buy(self) -> bool:
        """Admins and billing-only members buy for the firm and see what was bought."""
        return self.role in BUYERS

    def require_buying(self) -> None:
        """Raise BuyingNotAllowed for any other role."""
        if not self.may_buy:
            raise BuyingNotAllowed("only admins and billing-only members may do this")


class Addressee(Protocol):
    """An active member with a role and an address."""

    role: str
    name: str
    email: str


def receipt_recipients(members: Sequence[Addressee]) -> list[Recipient]:
    """Return whom a receipt goes to, out of a firm's active members.

    All billing-only members (S1-65, Q6); admins only while there is none (S1-61, S1-62).
    """
    for role in (Role.BILLING_ONLY, Role.ADMIN):
        chosen = [Recipient(person.name, person.email) for person in members if person.role == role]
        if chosen:
            return chosen
    return []
