"""Pages by key: the cursor says after which row to go on, so a page costs the same anywhere."""

import base64
import binascii
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.errors import BadRequest

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
HIGHEST = 2**63 - 1  # that the databases can count to


class InvalidCursor(BadRequest):
    """The cursor was not made by this list."""

    code = "invalid_cursor"


def encode_cursor(key: Sequence[Any]) -> str:
    """Return the sort key of a page's last row as an opaque string."""
    plain = [str(part) if isinstance(part, UUID) else part for part in key]
    return base64.urlsafe_b64encode(orjson.dumps(plain)).decode().rstrip("=")


def decode_cursor(cursor: str, *types: Any) -> list[Any]:
    """Return the sort key behind ``cursor``, each part made by its type.

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


Key = Callable[[Any], Sequence[Any]]


def page(rows: Sequence[Any], limit: int, key: Key) -> dict[str, Any]:
    """Return ``{"items", "next_cursor"}`` of ``limit + 1`` rows: the extra one only says "more"."""
    items = list(rows[:limit])
    more = len(rows) > limit
    return {"items": items, "next_cursor": encode_cursor(key(items[-1])) if more else None}


class Paged:
    """A list that is read a page at a time: its two statements, built once."""

    def __init__(
        self, query: sa.Select[Any], *columns: sa.Column[Any], descending: bool = False
    ) -> None:
        """Take the whole list, with parameters of its own, and the columns that order it.

        Together these tell each row from all others; there is no row in which one is NULL.
        """
        if any(column.nullable for column in columns):
            raise ValueError(f"rows without {columns} would be on the first page only")
        self._columns, self._descending = columns, descending
        self.first = self._ordered(query).limit(sa.bindparam("page_rows", type_=sa.Integer))
        self.following = self.first.where(_is_behind(columns, descending))
        self.of_one_thing = _is_of_one(query)

    def shown_by(self, show: Callable[[sa.Subquery], sa.Select[Any]]) -> "Paged":
        """Return the same pages, of which an index may find the rows, with more of each row.

        ``show`` makes of a page's rows a query that has the ordering columns, too.
        """
        shown = copy(self)
        shown.first = self._ordered(show(self.first.subquery()))
        shown.following = self._ordered(show(self.following.subquery()))
        shown.of_one_thing = _is_of_one(shown.first)
        return shown

    def read(
        self, session: Session, limit: int, cursor: str | None, **parameters: Any
    ) -> dict[str, Any]:
        """Return ``{"items", "next_cursor"}``: the page behind ``cursor``, None before the first.

        Items are what the query selects, if that is one thing, else mappings by column; they have
        the ordering columns by name. Raises InvalidCursor.
        """
        statement, page_of = self.at(limit, cursor)
        return page(self._found(session, statement, {**parameters, **page_of}), limit, self._key_of)

    def at(self, limit: int, cursor: str | None) -> tuple[sa.Select[Any], dict[str, Any]]:
        """Return what ``read`` asks for: a statement, and those parameters that are no others'.

        It gives one row more than the page has. Raises InvalidCursor.
        """
        types = [column.type.python_type for column in self._columns]
        key = [] if cursor is None else decode_cursor(cursor, *types)
        statement = self.following if key else self.first
        return statement, {**key_parameters(key), "page_rows": limit + 1}

    def _found(
        self, session: Session, statement: sa.Select[Any], parameters: dict[str, Any]
    ) -> Sequence[Any]:
        found = session.execute(statement, parameters)
        return found.scalars().all() if self.of_one_thing else found.mappings().all()

    def _ordered(self, query: sa.Select[Any]) -> sa.Select[Any]:
        return query.order_by(
            *(column.desc() if self._descending else column.asc() for column in self._columns)
        )

    def _key_of(self, item: Any) -> list[Any]:
        if isinstance(item, sa.RowMapping):
            return [item[column.key] for column in self._columns]
        return [getattr(item, column.key) for column in self._columns]


def key_parameters(key: Sequence[Any]) -> dict[str, Any]:
    """Return the parameters of ``Paged.following`` that say behind which row it begins."""
    return {f"behind_{at}": part for at, part in enumerate(key)}


def _is_of_one(query: sa.Select[Any]) -> bool:
    return len(query.column_descriptions) == 1


def _is_behind(columns: Sequence[sa.Column[Any]], descending: bool) -> sa.ColumnElement[bool]:
    last = [sa.bindparam(f"behind_{at}", type_=one.type) for at, one in enumerate(columns)]
    own: sa.ColumnElement[Any] = columns[0] if len(columns) == 1 else sa.tuple_(*columns)
    other = last[0] if len(columns) == 1 else sa.tuple_(*last)
    return own < other if descending else own > other
