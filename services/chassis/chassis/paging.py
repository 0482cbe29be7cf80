"""Pages by key: the cursor says after which row to go on, so a page costs the same anywhere."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from chassis.errors import BadRequest

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
HIGHEST = 2**63 - 1  # that the databases can count to


class InvalidCursor(BadRequest):
    """The cursor was not made by this list."""

    code = "invalid_cursor"


def encode_cursor(key: Sequence[Any]) -> str:
    """The sort key of a page's last row as an opaque string."""
    plain = [str(part) if isinstance(part, UUID) else part for part in key]
    return base64.urlsafe_b64encode(orjson.dumps(plain)).decode().rstrip("=")


def decode_cursor(cursor: str, *types: Any) -> list[Any]:
    """The sort key behind ``cursor``, each part made by its type.

    Raises InvalidCursor for anything that ``encode_cursor`` did not make for such a key.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(parts, list) or (types and len(parts) != len(types)):
            raise ValueError(parts)
        return [_part(kind, part) for kind, part in zip(types, parts, strict=True)] or parts
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise InvalidCursor(
            "the cursor does not belong to this list", fields={"cursor": ["Not a cursor."]}
        ) from error


def _part(kind: Any, part: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(part)
    if kind is date:
        return date.fromisoformat(part)
    if kind is str and (not isinstance(part, str) or "\0" in part):
        raise ValueError(part)
    if kind is int and (type(part) is not int or not 0 <= part <= HIGHEST):
        raise ValueError(part)
    return kind(part)


def page(rows: Sequence[Any], limit: int, key: Callable[[Any], Sequence[Any]]) -> dict[str, Any]:
    """``{"items", "next_cursor"}`` from ``limit + 1`` rows: the extra row only says "more"."""
    items = list(rows[:limit])
    more = len(rows) > limit
    return {"items": items, "next_cursor": encode_cursor(key(items[-1])) if more else None}
