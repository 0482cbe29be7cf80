"""The one place where money is rounded (Q16).

Amounts are integers in minor units (cents) of the currency that stands beside them. A share of
an amount is rounded half up to a whole minor unit, once, per unit sold; totals are then sums of
whole units, so that unit amount times quantity is always exactly what is charged.
"""

# ISO 4217 currencies whose minor unit is not a hundredth.
_WHOLE = frozenset(
    [
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
        *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
    ]
)
_THOUSANDTHS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def share(amount: int, numerator: int, denominator: int) -> int:
    """Return ``amount * numerator / denominator`` in minor units, a half rounded up.

    Amounts are never negative here; raises ValueError for one, or for a share outside 0..1.
    """
    if amount < 0 or denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"no share {numerator}/{denominator} of {amount}")
    return (2 * amount * numerator + denominator) // (2 * denominator)


def percent(amount: int, rate: int) -> int:
    """Return ``rate`` per cent of ``amount``, in minor units, a half rounded up."""
    return share(amount, rate, 100)


def written(minor: int, currency: str) -> str:
    """Return ``127500, "EUR"`` as ``1,275.00 EUR``: minor units as people write them."""
    decimals = 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2
    whole, rest = divmod(abs(minor), 10**decimals)
    fraction = f".{rest:0{decimals}d}" if decimals else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{fraction} {currency}"
