"""Named places at which a test can end the process, as a power cut would.

``CHAMBERS_FAULT=name:flagfile`` ends it there once: the flag file remembers that it happened.
Without the variable a fault point is one comparison.
"""

import os
import random
from pathlib import Path

_name, _, _flag = os.environ.get("CHAMBERS_FAULT", "").partition(":")
_error_rate = float(os.environ.get("CHAMBERS_FAULT_ERRORS", "0"))


class InjectedFault(RuntimeError):
    """A handler error that a test asked for."""


def reached(name: str) -> None:
    """End the process if this is the place, for the first time."""
    if _name == name and not Path(_flag).exists():
        Path(_flag).write_text(name)
        os._exit(137)


def maybe_fail() -> None:
    """Raise InjectedFault at the rate of ``CHAMBERS_FAULT_ERRORS`` (0 to 1)."""
    if _error_rate and random.random() < _error_rate:  # noqa: S311 - no secret depends on it
        raise InjectedFault("a test asked for this")
