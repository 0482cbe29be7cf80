"""Reads a CSV file as it comes: encoding and delimiter are found out, rows keep their line."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onboarding.encodings import UnknownEncoding, decoded, example
from onboarding.formulas import plain

DELIMITERS = (",", ";", "\t", "|")
MOST_BYTES = 50_000_000
LONGEST_SHOWN = 200
BLANK_LINES = re.compile(r"\A(?:[ \t]*[\r\n])+")
HINT = re.compile(r"sep=(.)[ \t]*(?=[\r\n]|\Z)", re.IGNORECASE)  # Excel's own first line
NEVER_CLOSED = 'A quote (") that opens here is never closed, or not at the end of a cell.'
BAD_QUOTE = 'A quote (") ends in the middle of a cell: write it twice if it belongs there.'


Rows = list[tuple[int, list[str]]]


class SheetProblem(ValueError):
    """The file is no table that can be read; the message says why."""


@dataclass(frozen=True)
class BadRow:
    """A row that is no row of this table: its line, what stands there, and what is wrong."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Sheet:
    """``rows`` holds (line number in the file, a cell for each header); blank rows are left out.

    ``example`` is a word by which a person sees that the encoding was the right one.
    """

    headers: list[str]
    rows: Rows
    encoding: str
    delimiter: str
    bad: list[BadRow] = field(default_factory=list)
    example: str = ""


def read_sheet(path: Path, encoding: str | None = None) -> Sheet:
    """Return the table in a CSV file, in ``encoding`` if one is given.

    Raises SheetProblem, OSError.
    """
    content = path.read_bytes()
    try:
        if len(content) > MOST_BYTES:
            raise SheetProblem(f"it is larger than {MOST_BYTES // 1_000_000} MB")
        return parsed(*decoded(content, encoding))
    except (SheetProblem, UnknownEncoding) as problem:
        raise SheetProblem(f"{path.name}: {problem}") from problem


def parsed(text: str, encoding: str = "utf-8") -> Sheet:
    """Return the table in a text. Raises SheetProblem for one without headers or rows."""
    hint = HINT.match(text)
    if hint:
        text = text[hint.end() :]  # the line stays, empty, so that the others keep their number
    delimiter = hint[1] if hint and hint[1] in DELIMITERS else delimiter_of(text)
    headers, rows, bad = _table(list(io.StringIO(text, newline="")), delimiter)
    if not rows and not bad:
        raise SheetProblem("there are no rows below the headers")
    return Sheet(headers, rows, encoding, delimiter, bad, example(text))


def delimiter_of(text: str) -> str:
    """Return the delimiter that the header row has most of, outside quotes."""
    begun = BLANK_LINES.sub("", text)
    outside = "".join(begun[:100_000].split('"')[::2])
    header = re.split(r"[\r\n]", outside, maxsplit=1)[0]
    best = max(DELIMITERS, key=header.count)
    return best if best in header else ","


def _table(lines: list[str], delimiter: str) -> tuple[list[str], Rows, list[BadRow]]:
    headers: list[str] = []
    rows: Rows = []
    bad: list[BadRow] = []
    for begins, found in _records(lines, delimiter):
        if isinstance(found, str):
            if not headers:
                raise SheetProblem(f"line {begins}: {found}")
            bad.append(BadRow(begins, _shown(lines[begins - 1]), found))
            continue
        cells = [plain(cell.strip()) for cell in found]
        if not any(cells):
            continue
        if not headers:
            headers = _distinct([cell.lstrip("\ufeff") for cell in cells])
        elif any(cells[len(headers) :]):
            bad.append(BadRow(begins, _shown(lines[begins - 1]), _too_many(cells, headers)))
        else:
            rows.append((begins, cells[: len(headers)]))
    return headers, rows, bad


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each record with the line on which it begins; a sentence for one that cannot be read.

    What cannot be read costs its first line alone: reading goes on with the next.
    """
    at = 0
    while at < len(lines):
        rest = (lines[number] for number in range(at, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        begins = at + 1
        try:
            for cells in reader:
                yield begins, cells
                begins = at + reader.line_num + 1
            return
        except csv.Error as error:
            runs_on = "unexpected end" in str(error) or at + reader.line_num > begins
            yield begins, NEVER_CLOSED if runs_on else BAD_QUOTE
            at = begins


def _too_many(cells: list[str], headers: list[str]) -> str:
    return f"{len(cells)} cells, but {len(headers)} headers: a delimiter too many?"


def _shown(line: str) -> str:
    return line.strip()[:LONGEST_SHOWN]


def _distinct(headers: list[str]) -> list[str]:
    """Return the names kept apart: the second column of one name becomes "Phone (2)"."""
    seen: dict[str, int] = {}
    names = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        names.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return names
