"""What rules may rest on: what neither waits, nor reads a clock, nor reaches outside."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.architecture.sources import imports, place

# Standard library that reads a clock, waits, or reaches outside: rules get such things handed in.
OUTSIDE = {"socket", "subprocess", "threading", "sqlite3", "random", "secrets", "os", "asyncio"}
# Rules that every service shares, as pure as those of rooms (decision 0028).
SHARED_RULES = ("chassis.addresses", "chassis.changes", "chassis.links", "chassis.names")
OF_THE_CHASSIS = ("chassis.errors", *SHARED_RULES)


def offences(paths: Iterable[Path], forbidden: Callable[[str], bool]) -> list[str]:
    return [
        f"{place(path)} imports {name}"
        for path in paths
        for name in imports(path)
        if forbidden(name)
    ]


def top(name: str) -> str:
    return name.partition(".")[0]


def is_pure(name: str) -> bool:
    return top(name) in sys.stdlib_module_names and top(name) not in OUTSIDE


def is_within(name: str, modules: Iterable[str]) -> bool:
    return any(f"{name}.".startswith(f"{module}.") for module in modules)
