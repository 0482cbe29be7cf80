"""How much one message may be, in bytes, parts and depth: checked before anything works on it.

All of a service's calls share one thread, so that what one message costs, everybody waits for.
"""

import re
from collections.abc import Mapping
from typing import Any

from chassis.errors import BadRequest

MAX_BODY = 1_000_000  # bytes that we send; the broker must take as much, which is checked at start
MAX_READ = 1_048_576  # bytes that we read, where ``bus.largest_message`` says nothing else
# Fields and items, in all: the most that one request needs are 200 rows of 55 in an import.
MOST_PARTS = 20_000
MOST_EVENT_PARTS = 100_000  # a statement of ten thousand lines
MAX_DEPTH = 32  # of objects and lists inside each other
LONGEST_NAME = 200  # characters of a field's name that a refusal repeats
_OUTERMOST = 3  # objects and lists that every request has around its fields
_TEXT = re.compile(rb'(?s)"[^"\\]*+(?:\\.[^"\\]*+)*+"?')  # one without an end goes to the end


class MessageTooLarge(BadRequest):
    """The message has more bytes than may be; ``details`` has ``bytes`` and ``limit``."""

    code = "message_too_large"


class MalformedRequest(BadRequest):
    """The message is no request."""

    code = "malformed_request"


class TooManyParts(MalformedRequest):
    """The message has more fields and items than any needs: ``details["limit"]`` are the most."""

    code = "too_many_parts"


def largest(config: Mapping[str, Any]) -> int:
    """Return how many bytes a message may have that is read, by nameko's ``config``."""
    configuration = config.get("chambers")
    return int(configuration.get("bus.largest_message")) if configuration else MAX_READ


def require_size(body: bytes, limit: int) -> None:
    """Raise MessageTooLarge for more than ``limit`` bytes."""
    if len(body) > limit:
        raise MessageTooLarge("the message is too large", bytes=len(body), limit=limit)


def require_few_lists(body: bytes, most: int = MOST_PARTS) -> None:
    """Raise TooManyParts for JSON with more objects and lists than may be, before it is decoded.

    Half a million of them in one megabyte take half a second to decode, fields and texts do not.
    """
    if _lists(body) > most and _lists(_TEXT.sub(b"", body)) > most + _OUTERMOST:
        raise TooManyParts("the message has too many fields and items", limit=most)


def _lists(body: bytes) -> int:
    return body.count(b"[") + body.count(b"{")


def require_few_parts(whole: dict[str, Any], most: int = MOST_PARTS) -> None:
    """Raise TooManyParts or MalformedRequest, without a look at more than ``most`` parts.

    ``details["fields"]`` names the field whose items are too many, if it is not all of them.
    """
    parts, level = 0, [("", whole)]
    for _ in range(MAX_DEPTH):
        below: list[tuple[str, Any]] = []
        for path, outer in level:
            parts += len(outer)
            if parts > most:
                raise _too_many(path, most)
            named = outer.items() if isinstance(outer, dict) else enumerate(outer)
            below += [
                (f"{path}.{name}", inner) for name, inner in named if isinstance(inner, dict | list)
            ]
        if not below:
            return
        level = below
    raise MalformedRequest("the message is nested too deeply")


def _too_many(path: str, most: int) -> TooManyParts:
    wrong = {"fields": {path[1 : LONGEST_NAME + 1]: ["Has too many items."]}} if path else {}
    return TooManyParts("the message has too many fields and items", limit=most, **wrong)
