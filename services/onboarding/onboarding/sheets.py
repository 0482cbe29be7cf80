"""Reads a CSV file as it comes: encoding and delimiter are found out, rows keep their line."""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DELIMITERS = (",", ";", "\t", "|")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOST_BYTES = 50_000_000
BLANK_LINES = re.compile(r"\A(?:[ \t]*[\r\n])+")
HINT = re.compile(r"sep=(.)[ \t]*(?=[\r\n]|\Z)", re.IGNORECASE)  # Excel's own first line


class SheetProblem(ValueError):
    """The file is no table that can be read; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """``rows`` holds (line number in the file, cells by header); blank rows are left out."""

    headers: list[str]
    rows: list[tuple[int, dict[str, str]]]
    encoding: str
    delimiter: str


def read_sheet(path: Path) -> Sheet:
    """The table in a CSV file. Raises SheetProblem, OSError."""
    content = path.read_bytes()
    try:
        if len(content) > MOST_BYTES:
            raise SheetProblem(f"it is larger than {MOST_BYTES // 1_000_000} MB")
        return parsed(*decoded(content))
    except SheetProblem as problem:
        raise SheetProblem(f"{path.name}: {problem}") from problem


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the encoding it was in: by its mark, else UTF-8, else Windows-1252."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise SheetProblem("the text is in no encoding we know: save it as UTF-8")


def _encodings(content: bytes) -> tuple[str, ...]:
    """What it may be written in; UTF-16 without a mark has a zero in every delimiter."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return (encoding,)
    first = content[:1000]
    low, high = first[::2].count(0), first[1::2].count(0)
    if low or high:
        return ("utf-16-le" if high > low else "utf-16-be",)
    return ("utf-8", "cp1252")


def parsed(text: str, encoding: str = "utf-8") -> Sheet:
    """The table in a text. Raises SheetProblem for one without headers or rows."""
    hint = HINT.match(text)
    if hint:
        text = text[hint.end() :]  # the line stays, empty, so that the others keep their number
    delimiter = hint[1] if hint and hint[1] in DELIMITERS else delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        headers, rows = _table(reader)
    except csv.Error as error:
        raise SheetProblem(f"line {reader.line_num}: {error}") from error
    if not rows:
        raise SheetProblem("there are no rows below the headers")
    return Sheet(headers, rows, encoding, delimiter)


def delimiter_of(text: str) -> str:
    """The delimiter that the header row has most of, outside quotes."""
    begun = BLANK_LINES.sub("", text)
    outside = "".join(begun[:100_000].split('"')[::2])
    header = re.split(r"[\r\n]", outside, maxsplit=1)[0]
    best = max(DELIMITERS, key=header.count)
    return best if best in header else ","


def _table(reader: Any) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    headers: list[str] = []
    rows = []
    begins = 1
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            pass
        elif not headers:
            headers = _distinct([cell.lstrip("\ufeff") for cell in cells])
        elif any(cells[len(headers) :]):
            raise SheetProblem(f"line {begins} has more cells than there are headers")
        else:
            rows.append((begins, dict(zip(headers, cells, strict=False))))
        begins = reader.line_num + 1
    return headers, rows


def _distinct(headers: list[str]) -> list[str]:
    """Two columns of one name are kept apart: the second becomes "Phone (2)"."""
    seen: dict[str, int] = {}
    names = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        names.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return names
