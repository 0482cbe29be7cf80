"""What is kept of a phone number; how one is read is handed in, for it takes a library."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# As spreadsheets show a long number: all but its first digits are gone.
_CUT = re.compile(r"\s*[+-]?\d(?:[.,]\d+)?E\+?\d{1,3}\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Phone:
    """A phone number as it was typed, and in E.164 (``+491701234567``)."""

    raw: str
    number: str


ReadPhone = Callable[[str, str], Phone | None]  # what was typed, the country code it is dialled in


def plain_digits(text: str) -> str:
    """Return ``text`` with the digits of every script written as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def is_cut(text: str) -> bool:
    """Return whether a spreadsheet has cut this number to its first digits: ``4.91702E+11``."""
    return _CUT.fullmatch(text) is not None
