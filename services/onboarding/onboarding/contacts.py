"""From a CSV file to the rows that clients imports."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from onboarding.columns import map_columns
from onboarding.dates import month_first, read_date
from onboarding.sheets import SheetProblem, read_sheet

STATUSES = {
    "active": "active",
    "aktiv": "active",
    "inactive": "inactive",
    "inaktiv": "inactive",
    "prospect": "prospect",
    "interessent": "prospect",
}
MADE_ID = "row-"  # begins the id of a row that the file gives none
NAMES = ("given_name", "family_name", "display_name")


@dataclass(frozen=True)
class Contacts:
    """``rows`` are ready to be sent; each ``row`` is the line it begins on in the file."""

    path: Path
    encoding: str
    delimiter: str
    rows: list[dict[str, Any]]
    ignored: list[str]


def read_contacts(path: Path, people: Mapping[str, str]) -> Contacts:
    """The clients in a file; ``people`` maps the names of members to their addresses.

    Raises SheetProblem, also for a table in which no column says who a client is.
    """
    sheet = read_sheet(path)
    mapping = map_columns(sheet.headers)
    if not set(mapping.columns.values()) & {*NAMES, "emails"}:
        headers = ", ".join(sheet.headers[:8])
        raise SheetProblem(f"no column of {path.name} says who a client is (it has: {headers})")
    found = [(line, mapping.values(cells)) for line, cells in sheet.rows]
    us = month_first(str(values.get("birth_date", "")) for _, values in found)
    rows = [_row(line, values, us, people) for line, values in found if values]
    return Contacts(path, sheet.encoding, sheet.delimiter, rows, mapping.ignored)


def _row(line: int, values: dict[str, Any], us: bool, people: Mapping[str, str]) -> dict[str, Any]:
    row = {"row": line, "external_id": _id_of(values), **values}
    if "birth_date" in row and (born := read_date(row.pop("birth_date"), us)):
        row["birth_date"] = born
    if "status" in row:
        row["status"] = STATUSES.get(str(row["status"]).lower(), row["status"])
    if "assigned_to" in row:
        owner = str(row["assigned_to"])
        row["assigned_to"] = people.get(owner.lower(), owner)
    return row


def _id_of(values: dict[str, Any]) -> str:
    """The same content is the same client, also where it has no address, phone or birth date."""
    content = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return MADE_ID + hashlib.sha256(content).hexdigest()[:40]
