"""Money by month: what was taken in each of the last twelve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """``month`` is such as ``2027-03``, in UTC; ``charged`` in minor units."""

    month: str
    charged: int


def first_instant(now: datetime) -> datetime:
    """Return when the earliest of the shown months began, in UTC."""
    year, month = _before(now.year, now.month, MONTHS - 1)
    return datetime(year, month, 1, tzinfo=UTC)


def by_month(charged: Iterable[tuple[datetime, int]], now: datetime) -> list[Month]:
    """Return the sum of each month, the earliest first; those without a payment too."""
    months = [_before(now.year, now.month, back) for back in range(MONTHS - 1, -1, -1)]
    sums = {f"{year}-{month:02d}": 0 for year, month in months}
    for at, amount in charged:
        name = f"{at:%Y-%m}"
        if name in sums:
            sums[name] += amount
    return [Month(month, total) for month, total in sums.items()]


def _before(year: int, month: int, back: int) -> tuple[int, int]:
    year, month = divmod(year * 12 + month - 1 - back, 12)
    return year, month + 1
