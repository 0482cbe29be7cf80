"""The bars of the licenses' forecast: where each stands and how high it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

KINDS = ("renewing", "waiting", "lapsing")  # from the ground up
STEP, WIDTH = 72, 40  # from bar to bar, and of a bar
HEIGHT = 120  # of the highest bar


@dataclass(frozen=True)
class Part:
    """One colour of a bar."""

    kind: str
    number: int
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """What ends on one day; ``x`` is its left edge."""

    date: str
    number: int
    x: int
    y: float
    parts: list[Part]


def bars(days: Iterable[dict[str, Any]]) -> list[Bar]:
    """Return a bar for each day; the highest is ``HEIGHT`` high."""
    days = list(days)
    most = max((sum(day[kind] for kind in KINDS) for day in days), default=1) or 1
    return [_bar(day, number * STEP + (STEP - WIDTH) // 2, most) for number, day in enumerate(days)]


def _bar(day: dict[str, Any], x: int, most: int) -> Bar:
    top, parts = float(HEIGHT), []
    for kind in KINDS:
        height = HEIGHT * day[kind] / most
        top -= height
        if height:
            parts.append(Part(kind, day[kind], top, height))
    return Bar(day["date"], sum(day[kind] for kind in KINDS), x, top, parts)
