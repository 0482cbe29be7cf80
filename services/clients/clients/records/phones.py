"""Phone numbers of all countries, read by the library that knows how each of them dials."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from clients.records.phone import Phone, is_cut, plain_digits

_NUMBER = re.compile(r"\+?[\d(][\d\s()./\-\u2010-\u2015]*")
_AS_A_DECIMAL = re.compile(r"\s*(\d{5,})[.,]0\s*")  # as a spreadsheet writes a whole number
MAX_DIGITS = 15  # ITU-T E.164, with the country code
_IN_LETTERS = re.compile(r"[A-Z]{3}")  # the rest of it, as in 1-800-FLOWERS
_SHORTEST_PART = 4  # of a number that is searched for by a part of it
# Prefixes that a country no longer dials, and address books still hold (Mexico, until 2020).
_FORMER_TRUNKS = {"52": ("01", "044", "045", "1")}


def read_phone(raw: str, country_code: str) -> Phone | None:
    """Return ``raw`` and its number in E.164, as dialled in that country; None if it holds none.

    What stands after the number ("mobile", "ext. 5") stays in ``raw`` and is no part of it. None
    also for a number that lacks its area code, and for one that a spreadsheet has cut.
    """
    text = _number_in(raw)
    number = text and _read(text, country_code)
    return Phone(raw, f"+{number.country_code}{_national(number)}") if number else None


def dialled(typed: str, country_code: str) -> list[str]:
    """Return the digits under which a number that a search is for, or its first part, is stored.

    Without country code, and without what is only dialled before a number within the country.
    """
    text = _number_in(typed) or ""
    number = _read(text, country_code)
    if number:
        return [_national(number)]
    digits, trunk = re.sub(r"\D", "", text), _trunk(country_code)
    if not trunk or trunk == country_code or not digits.startswith(trunk):
        return []
    rest = digits[len(trunk) :]
    return [rest] if len(rest) >= _SHORTEST_PART else []


def _number_in(raw: str) -> str | None:
    """Return the part of a text that is dialled, without signs that nobody sees."""
    if is_cut(raw):
        return None
    seen = "".join(letter for letter in raw if unicodedata.category(letter) != "Cf")
    found = _NUMBER.search(_AS_A_DECIMAL.sub(r"\1", plain_digits(seen)))
    if found is None or _IN_LETTERS.match(found.string, found.end()):
        return None
    return found.group()


def _read(text: str, country_code: str) -> Any:
    """Return the number; None unless it has as many digits as numbers of its country can have.

    Of the ways to read it the first that gives a number in use there, else the first at all.
    """
    import phonenumbers  # its tables are read when the first number is

    region = phonenumbers.region_code_for_country_code(int(country_code))
    possible = []
    for spelling in _spellings(text, country_code):
        try:
            number = phonenumbers.parse(spelling, region)
        except phonenumbers.NumberParseException:
            continue
        if _length(number) > MAX_DIGITS:  # E.164 knows no longer one; the library does
            continue
        if phonenumbers.is_valid_number(number):
            return number
        found = phonenumbers.is_possible_number_with_reason(number)
        if found == phonenumbers.ValidationResult.IS_POSSIBLE:
            possible.append(number)
    return next(iter(possible), None)


def _spellings(text: str, country_code: str) -> Iterator[str]:
    """Yield it as typed; with 00 for the plus, or without the plus; then as was dialled once."""
    yield text
    digits = re.sub(r"\D", "", text)
    international = text.startswith("+")
    if text.startswith("00"):
        yield f"+{digits[2:]}"
    elif digits.startswith(country_code) and not international:
        yield f"+{digits}"
    for code, trunks in _FORMER_TRUNKS.items():
        if code == country_code or (international and digits.startswith(code)):
            home = digits.removeprefix(code) if international else digits
            yield from (f"+{code}{home[len(one) :]}" for one in trunks if home.startswith(one))


def _length(number: Any) -> int:
    return len(str(number.country_code)) + len(_national(number))


def _national(number: Any) -> str:
    import phonenumbers

    return str(phonenumbers.national_significant_number(number))


def _trunk(country_code: str) -> str:
    import phonenumbers

    region = phonenumbers.region_code_for_country_code(int(country_code))
    return str(phonenumbers.ndd_prefix_for_region(region, True) or "")
