"""Birth dates as exports write them; the order of day and month is read from the whole column."""

import re
from collections.abc import Iterable
from datetime import date

NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NO_DATE = {"0/0/00", "00.00.0000", "0/0/0000"}  # Outlook's way of saying nothing


def month_first(cells: Iterable[str]) -> bool:
    """Whether 03/04/2015 is March: only where some date of the column cannot be read otherwise."""
    pairs = [found.groups() for cell in cells if (found := NUMBERS.fullmatch(cell.strip()))]
    if any(int(first) > 12 for first, _, _ in pairs):
        return False
    return any(int(second) > 12 for _, second, _ in pairs)


def read_date(cell: str, month_comes_first: bool) -> str | None:
    """The date in ISO form; None for a blank or one without a year; the cell if it is no date."""
    text = cell.strip()
    if not text or text in NO_DATE or text.startswith("--"):
        return None
    if found := ISO.fullmatch(text):
        return _iso(text, *map(int, found.groups()))
    if found := NUMBERS.fullmatch(text):
        first, second, year = map(int, found.groups())
        day, month = (second, first) if month_comes_first and "." not in text else (first, second)
        return _iso(text, year, month, day)
    return text


def _iso(text: str, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text
