"""Amounts as people read them."""

NO_MINOR_UNITS = {"JPY", "KRW", "CLP", "VND", "ISK"}


def money(amount: int, currency: str) -> str:
    """Return an amount of minor units as ``199.00 USD``."""
    if currency in NO_MINOR_UNITS:
        return f"{amount:,} {currency}"
    return f"{amount // 100:,}.{amount % 100:02d} {currency}"


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: ``1 license``, ``2 licenses``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
