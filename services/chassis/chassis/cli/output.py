"""Tables for people, JSON for programs."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from shutil import get_terminal_size
from typing import Any

import orjson

from chassis import clock
from chassis.names import shown_line

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def print_json(value: Any) -> None:
    """Print one JSON document, indented for reading."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
    sys.stdout.write(orjson.dumps(value, default=str, option=options).decode())


def print_rows(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], empty: str) -> None:
    """Print aligned columns, cut to the terminal's width; without one, tabs between cells."""
    if not rows:
        sys.stderr.write(f"{empty}\n")
        return
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    if not sys.stdout.isatty():
        lines = ["\t".join(line) for line in [list(columns), *cells]]
    else:
        lines = _aligned([[name.upper() for name in columns], *cells])
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def in_words(seconds: float) -> str:
    """Return the two largest units that say something: ``14 days``, ``1 hour 30 minutes``."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} milliseconds" if seconds else "0 seconds"
    rest = round(seconds)
    parts = []
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {unit}" if count == 1 else f"{count} {unit}s")
    return " ".join(parts[:2])


def since(moment: datetime | None) -> str:
    """Return how long ago that was, in words; "" for no moment."""
    return "" if moment is None else in_words(max((clock.now() - moment).total_seconds(), 0))


def _aligned(table: list[list[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    width = get_terminal_size().columns
    return [
        "  ".join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip()[
            :width
        ]
        for line in table
    ]


def _cell(value: Any) -> str:
    return "" if value is None else shown_line(str(value))
