"""Which encoding a file is written in: told from its bytes, or asked for; never guessed (F123)."""

import codecs
import re
from collections.abc import Iterator

from onboarding.western import oddity

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
ASK = (
    'say which with --encoding NAME, or encoding = "NAME" in the practice\'s file'
    " (cp1252 and cp1250 are Windows', mac_roman an old Mac's), or save the file as UTF-8"
)


class UnknownEncoding(ValueError):
    """The text cannot be read as it is; the message says why, and what to do."""


def known(encoding: str) -> bool:
    """Return whether text can be read in an encoding of this name."""
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text, and the encoding it was in: by its mark, else the one that was said.

    Where none was said, UTF-8 and UTF-16 show themselves, and Windows-1252 is taken where the text
    makes sense in it. Raises UnknownEncoding for any other.
    """
    for candidate in _candidates(content, encoding):
        try:
            text = content.decode(candidate)
        except (UnicodeDecodeError, UnicodeError):
            continue
        if candidate == "cp1252" and not encoding and (odd := oddity(text)):
            raise UnknownEncoding(f"its encoding cannot be told ({_shown(odd)}): {ASK}")
        return text, candidate
    if encoding:
        raise UnknownEncoding(f"it is not in {encoding}: {ASK}")
    raise UnknownEncoding(f"its encoding cannot be told: {ASK}")


def example(text: str) -> str:
    """Return the first word of a text that needs more than plain letters; empty where none does.

    By it a person sees whether the encoding was the right one.
    """
    found = re.search("[\\w'\u2019.-]*[^\\W\\x00-\\x7f][\\w'\u2019.-]*", text)
    return found.group() if found else ""


def _shown(odd: tuple[int, str]) -> str:
    line, word = odd
    return f'in Windows-1252 line {line} would read "{word}"'


def _candidates(content: bytes, encoding: str | None) -> Iterator[str]:
    """Yield what it may be written in; UTF-16 without a mark has a zero in every delimiter."""
    for mark, marked in BOMS:
        if content.startswith(mark):
            yield marked
            return
    if encoding:
        yield encoding
        return
    first = content[:1000]
    low, high = first[::2].count(0), first[1::2].count(0)
    if low or high:
        yield "utf-16-le" if high > low else "utf-16-be"
    else:
        yield from ("utf-8", "cp1252")
