"""How names are put in order, and what a search looks at: one spelling for both sides."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from clients.records.phone import plain_digits

# Together less than the 2,704 bytes that PostgreSQL takes into one entry of an index.
SORT_NAME_BYTES = 600
SEARCH_TEXT_BYTES = 1_500
MAX_TERMS = 8
_PHONE_LIKE = re.compile(r"\+?[\d\s()./\-]*\d[\d\s()./\-]*")


def fold(text: str) -> str:
    """Return ``text`` without case, accents and repeated blanks: "  Zoë  WEISS" is "zoe weiss"."""
    if text.isascii():  # most is, and comes to the same
        return " ".join(text.lower().split())
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())


def sort_name(given: str | None, family: str | None, shown: str) -> str:
    """Return the key the home page is ordered by: family name first, else the name as shown."""
    name = f"{family} {given or ''}" if family else shown
    return _cut(fold(name), SORT_NAME_BYTES)


def search_text(texts: Iterable[str], numbers: Iterable[str]) -> str:
    """Return everything a search for the client may hit, in one folded line."""
    plain = (number.lstrip("+") for number in numbers)
    return _cut(" ".join([*(fold(text) for text in texts), *plain]), SEARCH_TEXT_BYTES)


def terms(search: str, dialled: Callable[[str], list[str]] = lambda _: []) -> list[list[str]]:
    """Return what must each be found in a client's search text, in one of its spellings.

    A search that looks like a phone number is one term: its digits, without the 0 or 00 that
    the stored number does not have, or what ``dialled`` says it is stored as.
    """
    typed = plain_digits(search.strip())
    if _PHONE_LIKE.fullmatch(typed):
        return [[*dict.fromkeys([digits(typed) or "0", *dialled(typed)])]]
    return [[word] for word in fold(search).split()[:MAX_TERMS]]


def digits(number: str) -> str:
    """Return a number's digits, whatever script it is typed in, without the zeros before it."""
    return re.sub(r"\D", "", plain_digits(number)).lstrip("0")


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
