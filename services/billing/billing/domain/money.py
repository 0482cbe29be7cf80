"""The one place where money is rounded (Q16).

Amounts are integers in minor units (cents) of the currency that stands beside them. A share of
an amount is rounded half up to a whole minor unit, once, per unit sold; totals are then sums of
whole units, so that unit amount times quantity is always exactly what is charged.
"""


def share(amount: int, numerator: int, denominator: int) -> int:
    """``amount * numerator / denominator`` in minor units, a half rounded up.

    Amounts are never negative here; raises ValueError for one, or for a share outside 0..1.
    """
    if amount < 0 or denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"no share {numerator}/{denominator} of {amount}")
    return (2 * amount * numerator + denominator) // (2 * denominator)


def percent(amount: int, rate: int) -> int:
    """``rate`` per cent of ``amount``, in minor units, a half rounded up."""
    return share(amount, rate, 100)
