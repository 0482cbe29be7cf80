"""Ledger: what happened to a firm's money, one entry each, never changed."""

from dataclasses import dataclass
from enum import StrEnum


class EntryKind(StrEnum):
    """ordered opens an amount; charged, cancelled close it; refunded gives it back."""

    ORDERED = "ordered"
    CHARGED = "charged"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class Balance:
    """A firm's sums in minor units of ``currency``."""

    currency: str
    charged: int
    open: int
    refunded: int


def balance(currency: str, sums: dict[EntryKind, int]) -> Balance:
    """Return what was charged, is still open, and went back, from the ledger's sum per kind."""
    ordered = sums.get(EntryKind.ORDERED, 0)
    charged = sums.get(EntryKind.CHARGED, 0)
    cancelled = sums.get(EntryKind.CANCELLED, 0)
    return Balance(
        currency, charged, ordered - charged - cancelled, sums.get(EntryKind.REFUNDED, 0)
    )
