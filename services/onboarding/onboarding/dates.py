"""Birth dates as exports write them: what can mean one day only, and the rest by a stated rule."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
MONTH_FIRST_COUNTRIES = {"1"}

NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})|(\d{4})()(\d\d)(\d\d)")
SHORT_YEAR = re.compile(r"\d{1,2}([/.\- ])(?:\d{1,2}|\w{3,9}\.?)\1\d{2}")
NO_DATE = re.compile(r"0+([/.\-])0+\1?0+|4501-01-01|1/1/4501|0?1\.0?1\.4501")  # Outlook's nothing
MIDNIGHT = re.compile(
    r"[T ](?:00?:00(?::00(?:[.,]0+)?)?|12:00(?::00)? ?AM)(?:Z|[+-]00:?00)?", re.IGNORECASE
)
SERIAL = re.compile(r"\d{4,5}(?:[.,]\d+)?")
TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?")
MONTHS = (
    "jan january januar janner janvier stycznia styczen",
    "feb february februar fevrier fev fevr lutego luty",
    "mar march marz mrz mars marca marzec",
    "apr april avril avr kwietnia kwiecien",
    "may mai maja maj",
    "jun june juni juin czerwca czerwiec",
    "jul july juli juillet juil lipca lipiec",
    "aug august aout sierpnia sierpien",
    "sep sept september septembre wrzesnia wrzesien",
    "oct october okt oktober octobre pazdziernika pazdziernik",
    "nov november novembre listopada listopad",
    "dec december dez dezember decembre grudnia grudzien",
)
MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?\.?")


class NoDate(ValueError):
    """The cell is no day, or could be more than one; the message says which."""


@dataclass(frozen=True)
class Reading:
    """How a column's ``03/04/2015`` is read: ``order``, why, and a cell that shows it.

    ``order`` is None where nothing tells; ``example`` where no cell can be read in two ways.
    """

    order: str | None
    why: str = ""
    example: tuple[int, str] | None = None


def reading(
    cells: Iterable[tuple[int, str]], setting: str | None, country_code: str | None
) -> Reading:
    """Return how the dates of a column are read, by its lines and cells.

    The practice's setting comes first, then dates of the column that can be read in one order only
    (a 13th month is none), then the country.
    """
    seen: dict[str, tuple[int, str]] = {}
    example = None
    for line, cell in cells:
        order = _only_order(cell)
        if order == "":
            example = example or (line, cell)
        elif order:
            seen.setdefault(order, (line, cell))
    if setting:
        return Reading(setting, "as date_order says", example)
    if len(seen) == 1:
        [(order, (line, cell))] = seen.items()
        return Reading(order, f"as line {line} shows: {cell}", example)
    if seen or not country_code:
        return Reading(None, "", example)
    order = MONTH_FIRST if country_code in MONTH_FIRST_COUNTRIES else DAY_FIRST
    return Reading(order, f"as is usual where country_code is {country_code}", example)


def read_date(cell: str, order: str | None) -> date | None:
    """Return the day; None for a cell that says nothing, or a birthday without its year.

    Raises NoDate.
    """
    text = " ".join(cell.split())
    if not text or NO_DATE.fullmatch(text) or text.startswith("--"):
        return None
    timed = TIMED.fullmatch(text)
    text = timed[1] if timed else MIDNIGHT.sub("", text)
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
        return _day(year, month, day)
    if found := NUMBERS.fullmatch(text):
        return _in_order(found, order)
    if found_in_words := _in_words(text):
        return found_in_words
    if SHORT_YEAR.fullmatch(text):
        raise NoDate("A year of two digits could be of either century: write all four.")
    if SERIAL.fullmatch(text):
        raise NoDate("A spreadsheet's number of a day: format the column as dates.")
    raise NoDate("Not a date that can be read.")


def _only_order(cell: str) -> str | None:
    """Return the one order in which a date can be read, "" if in both.

    It is None where it is no matter.
    """
    found = NUMBERS.fullmatch(MIDNIGHT.sub("", " ".join(cell.split())))
    if not found or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return DAY_FIRST
    if second > 12 >= first:
        return MONTH_FIRST
    return None if first == second or first > 12 else ""


def _in_order(found: re.Match[str], order: str | None) -> date:
    """Return a date of three numbers; with points the day always comes first."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first == second:
        return _day(year, second, first)
    order = order or _only_order(found.string)
    if not order:
        raise NoDate("Could be two days: say date_order in the practice's file.")
    return _day(year, first, second) if order == MONTH_FIRST else _day(year, second, first)


def _in_words(text: str) -> date | None:
    """Return a day whose month is a word, so that only one order makes sense: 3 April 2015."""
    words = [word for word in re.split(r"[\s,/\-]+|(?<=\D)\.|(?<=\d)\.(?=\D|\Z)", text) if word]
    months = [number for number in map(_month, words) if number]
    numbers = [word for word in words if not _month(word)]
    if len(months) != 1 or len(numbers) != 2:
        return None
    years = [int(word) for word in numbers if re.fullmatch(r"\d{4}", word)]
    days = [int(found[1]) for word in numbers if (found := ORDINAL.fullmatch(word))]
    return _day(years[0], months[0], days[0]) if len(years) == len(days) == 1 else None


def _month(word: str) -> int | None:
    plain = unicodedata.normalize("NFKD", word.casefold().rstrip("."))
    return MONTH.get("".join(_base_letters(plain)))


def _base_letters(text: str) -> Iterator[str]:
    return (letter for letter in text if not unicodedata.combining(letter))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDate("There is no such day.") from None
