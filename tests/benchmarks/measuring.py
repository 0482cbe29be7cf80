"""How a client measures: calls one at a time, or in groups of twenty."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

GROUP = 20
ONE, MANY = "one at a time", "by 20"
LOADS = (ONE, MANY)


def measure(
    one: Callable[[int], Any],
    many: Callable[[Sequence[int]], list[Any]],
    load: str,
    calls: int,
) -> float:
    """Return the seconds that so many calls take. Raises AssertionError at a wrong answer."""
    began = time.perf_counter()
    if load == ONE:
        for number in range(calls):
            if one(number) != number:
                raise AssertionError("a wrong answer")
    else:
        for numbers in groups(calls):
            if many(numbers) != list(numbers):
                raise AssertionError("a wrong answer")
    return time.perf_counter() - began


def groups(calls: int) -> Iterator[range]:
    """Yield the numbers of the calls, twenty at a time."""
    for first in range(0, calls, GROUP):
        yield range(first, min(first + GROUP, calls))


def say_ready() -> None:
    """Tell the conductor that this process may be used."""
    print("ready", flush=True)


def questions() -> Iterator[Any]:
    """What the conductor asks, one JSON value a line."""
    for line in sys.stdin:
        yield json.loads(line)


def tell(result: Any) -> None:
    """Answer the conductor."""
    print(json.dumps(result), flush=True)
