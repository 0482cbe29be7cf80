"""One spelling for each phone number, so that the same number typed twice is found."""

import re
import unicodedata
from dataclasses import dataclass

# ITU-T E.164: at most 15 digits with the country code. Below 5 it is an extension, not a number.
MIN_DIGITS, MAX_DIGITS = 5, 15
_NUMBER = re.compile(r"\+?[\d(][\d\s()./\-\u2010-\u2013]*")
_OPTIONAL_TRUNK = re.compile(r"\(\s*0\s*\)")  # as in +49 (0)170
_KEEPS_THE_ZERO = {"39"}  # in Italy the leading 0 is part of the number
_NORTH_AMERICA = "1"


@dataclass(frozen=True)
class Phone:
    """A phone number as it was typed, and in E.164 (``+491701234567``)."""

    raw: str
    number: str


def read_phone(raw: str, country_code: str) -> Phone | None:
    """``raw`` with its number, read as dialled in that country; None if it holds none.

    What stands after the number ("mobile", "ext. 5") stays in ``raw`` and is no part of it.
    """
    found = _NUMBER.search(plain_digits(raw))
    if found is None:
        return None
    text = found.group()
    international = text.startswith("+")
    if international or text.startswith("00"):
        text = _OPTIONAL_TRUNK.sub("", text)
    digits = re.sub(r"\D", "", text)
    number = digits if international else _with_country(digits, country_code)
    return Phone(raw, f"+{number}") if MIN_DIGITS <= len(number) <= MAX_DIGITS else None


def plain_digits(text: str) -> str:
    """``text`` with the digits of every script written as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def _with_country(digits: str, country_code: str) -> str:
    if digits.startswith("00"):
        return digits[2:]
    if country_code == _NORTH_AMERICA:
        return _north_american(digits)
    if digits.startswith("0") and country_code not in _KEEPS_THE_ZERO:
        digits = digits[1:]
    return country_code + digits


def _north_american(digits: str) -> str:
    if digits.startswith("011"):
        return digits[3:]
    return digits if len(digits) == 11 and digits[0] == "1" else _NORTH_AMERICA + digits
