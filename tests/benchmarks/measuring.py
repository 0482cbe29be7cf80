"""How a client measures: one call at a time, then groups of twenty."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

GROUP = 20


def measure(
    one: Callable[[int], Any], many: Callable[[Sequence[int]], list[Any]], calls: int
) -> dict[str, float]:
    """Calls a second, one at a time and by twenty, and client CPU in microseconds a call."""
    cpu, start = time.process_time(), time.perf_counter()
    for number in range(calls):
        if one(number) != number:
            raise AssertionError("a wrong answer")
    seconds = time.perf_counter() - start
    used = time.process_time() - cpu
    start = time.perf_counter()
    for first in range(0, calls, GROUP):
        numbers = range(first, first + GROUP)
        if many(numbers) != list(numbers):
            raise AssertionError("a wrong answer")
    return {
        "one": calls / seconds,
        "many": calls / (time.perf_counter() - start),
        "client_us": 1e6 * used / calls,
    }


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
