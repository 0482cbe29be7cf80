"""The port to whoever takes the money: what a gateway is asked, and what it may answer.

Knows nothing of orders or receipts. The key names one payment for ever: however often a gateway
is asked under it, the money is taken at most once and the answer stays the same.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Charged:
    """The money was taken, now or when this key was first asked."""

    reference: str  # the provider's


class DeclineReason(StrEnum):
    """Why a provider refuses; a gateway puts its provider's codes into these where it can."""

    CARD_DECLINED = "card_declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    CARD_EXPIRED = "card_expired"
    LIMIT_EXCEEDED = "limit_exceeded"
    AUTHENTICATION_REQUIRED = "authentication_required"
    ACCOUNT_CLOSED = "account_closed"
    METHOD_NOT_USABLE = "method_not_usable"


@dataclass(frozen=True)
class Declined:
    """The provider refused, for good; nothing was or will be taken under this key.

    ``reason`` is a DeclineReason's value, or the provider's own code where none fits.
    """

    reason: str


@dataclass(frozen=True)
class Awaited:
    """The money comes by another way; somebody will confirm it by hand."""


Outcome = Charged | Declined | Awaited


class NoAnswer(Exception):
    """The provider did not answer in time: whether the money was taken is unknown."""


class Gateway(Protocol):
    """Takes money outside any transaction of the caller."""

    methods: tuple[str, ...]

    def charge(self, key: UUID, method: str, amount: int, currency: str) -> Outcome:
        """Take ``amount`` minor units once under ``key``. Raises NoAnswer."""
