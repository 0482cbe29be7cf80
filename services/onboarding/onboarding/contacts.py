"""From a CSV file to the rows that clients imports, and what of the file is not taken in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from onboarding.cells import LeftOut, RowReader
from onboarding.columns import NAMES, Mapping, map_columns
from onboarding.dates import Reading, reading
from onboarding.practice import Practice
from onboarding.sheets import BadRow, Sheet, SheetProblem, read_sheet

MADE_ID = "row-"  # begins the id of a row that the file gives none
TWO_DAYS = (
    '{file}: {header} "{cell}" (line {line}) can be two days: say date_order = "day_first" or'
    ' "month_first" in the practice\'s file'
)
# What a row may lack and still be a client.
SPARED = {
    "emails",
    "phones",
    "birth_date",
    "tags",
    "number",
    "additional_information",
    "status",
    "assigned_to",
    "external_id",
}


@dataclass
class Contacts:
    """``rows`` are ready to be sent; each ``row`` is the line it begins on in the file.

    ``bad`` are lines that are no rows, ``left`` the cells that were left out, by line, and
    ``dates`` how each column of dates is read.
    """

    path: Path
    sheet: Sheet
    mapping: Mapping
    default_status: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    left: dict[int, list[LeftOut]] = field(default_factory=dict)
    dates: dict[str, Reading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cells = dict(self.sheet.rows)

    @property
    def bad(self) -> list[BadRow]:
        """Lines of the file that are no rows of its table."""
        return self.sheet.bad

    def ignored(self) -> tuple[list[str], list[str]]:
        """Return the columns that nobody reads: those that hold something, and the others."""
        used: dict[bool, list[str]] = {True: [], False: []}
        for index, header in enumerate(self.sheet.headers):
            if header in self.mapping.ignored:
                held = any(index < len(cells) and cells[index] for cells in self._cells.values())
                used[held].append(header or f"(column {index + 1})")
        return used[True], used[False]

    def said(self, row: dict[str, Any], path: str, why: str) -> LeftOut | None:
        """Return the cell that a row's field came from, with what is wrong; None for no cell's."""
        name, _, index = path.partition(".")
        origins = self.mapping.origins(self._cells[row["row"]])
        value = row.get(name)
        if isinstance(value, list):
            item = value[int(index) if index else -1]
            origin = next(
                (one for at, one in origins.items() if at.startswith(name) and one[1] == item), None
            )
        else:
            origin = origins.get(name)
        return LeftOut(*origin, why) if origin else None

    def spare(self, row: dict[str, Any], problems: dict[str, list[str]]) -> bool:
        """Leave out the cells that a row is refused for; False where it is refused all the same."""
        paths = sorted(problems, key=_place, reverse=True)  # from behind: positions stay
        if not paths or not all(_holds(row, path) for path in paths):
            return False
        said = [self.said(row, path, " ".join(problems[path])) for path in paths]
        if not all(said):
            return False
        for path in paths:
            self._take_out(row, path)
        self.left.setdefault(row["row"], []).extend(one for one in reversed(said) if one)
        return True

    def _take_out(self, row: dict[str, Any], path: str) -> None:
        name, _, index = path.partition(".")
        if isinstance(row[name], list):
            row[name].pop(int(index) if index else -1)
        elif name == "external_id":
            row[name] = _made_id(self.mapping.values(self._cells[row["row"]]))
        elif name == "status":
            row[name] = self.default_status
        else:
            del row[name]


def read_contacts(path: Path, practice: Practice) -> Contacts:
    """Return the clients in one of a practice's files.

    Raises SheetProblem, also for a table in which no column says who a client is, and for dates
    that nothing tells how to read.
    """
    sheet = read_sheet(path, practice.encoding)
    mapping = map_columns(sheet.headers)
    if not set(mapping.columns.values()) & {*NAMES, "company", "emails"}:
        headers = ", ".join(sheet.headers[:8])
        raise SheetProblem(f"no column of {path.name} says who a client is (it has: {headers})")
    contacts = Contacts(path, sheet, mapping, practice.client_status)
    contacts.dates = {
        header: _dates(path, header, _column(sheet, header), practice)
        for header, name in mapping.columns.items()
        if name == "birth_date"
    }
    _require_lines(path, sheet, practice)
    reader = RowReader(practice, path.name, {one: how.order for one, how in contacts.dates.items()})
    for line, cells in sheet.rows:
        values = mapping.values(cells)
        if values:
            origins = partial(mapping.origins, cells)
            row, left = reader.read({"row": line, **values}, origins)
            row.setdefault("external_id", _made_id(values))
            contacts.rows.append(row)
            if left:
                contacts.left[line] = left
    return contacts


def _require_lines(path: Path, sheet: Sheet, practice: Practice) -> None:
    """Who insists on a line must mean one that is there. Raises SheetProblem."""
    there = {line for line, _ in sheet.rows}
    missing = {line for name, line in practice.anyway if name in (None, path.name)} - there
    for line in sorted(missing):
        raise SheetProblem(f"--create-anyway: no row of {path.name} begins on line {line}")


def _made_id(values: dict[str, Any]) -> str:
    """Return an id by content: the same is the same client, also without address or birth date."""
    # Whether to create it anyway says what to do with it, not who it is.
    content = {name: value for name, value in values.items() if name != "create_anyway"}
    written = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return MADE_ID + hashlib.sha256(written).hexdigest()[:40]


def _dates(
    path: Path, header: str, cells: Iterable[tuple[int, str]], practice: Practice
) -> Reading:
    how = reading(cells, practice.date_order, practice.country_code)
    if how.example and how.order is None:
        line, cell = how.example
        said = {"file": path.name, "header": header, "line": line, "cell": cell}
        raise SheetProblem(TWO_DAYS.format(**said))
    return how


def _column(sheet: Sheet, header: str) -> Iterable[tuple[int, str]]:
    index = sheet.headers.index(header)
    return ((line, cells[index]) for line, cells in sheet.rows if index < len(cells))


def _place(path: str) -> tuple[str, int]:
    name, _, index = path.partition(".")
    return name, int(index) if index.isdigit() else -1


def _holds(row: dict[str, Any], path: str) -> bool:
    """Return whether the row has what is refused, and can be a client without it."""
    name, _, index = path.partition(".")
    value = row.get(name)
    if name not in SPARED or not value:
        return False
    if isinstance(value, list):
        return not index or (index.isdigit() and int(index) < len(value))
    return not index
