"""What both databases and a log line take of a text that came from somewhere else.

PostgreSQL takes no NUL and no half of a surrogate pair, and a column has its length. Whoever finds
that out by the refusal of a statement cannot write down what was refused either.
"""

import re
from typing import Any

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def fits(value: Any, longest: int) -> bool:
    """Return whether it is a text of 1 to ``longest`` characters, each of which can be shown."""
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()


def storable(text: str, longest: int) -> str:
    """Return ``text`` cut to ``longest`` characters, without those that a database refuses."""
    return _UNSTORABLE.sub(REPLACEMENT, text[:longest])


def is_storable(value: Any) -> bool:
    """Return whether every text in it, however deep, can be stored; other values always can."""
    if isinstance(value, str):
        return not _UNSTORABLE.search(value)
    if isinstance(value, dict):
        return all(is_storable(name) and is_storable(part) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(is_storable(part) for part in value)
    return True
