"""Header values by RFC 5322 and RFC 2047: ASCII, at most 76 columns, and read back as written."""

from base64 import b64encode
from collections.abc import Iterator
from email.utils import formataddr
from textwrap import wrap
from typing import Any

LINE = "\r\n"
COLUMNS = 76  # of a line that holds an encoded word (RFC 2047, 2)
_LONGEST_WORD = 75
_FOLD = f"{LINE} "
# What may stand as it is in an encoded word within a name (RFC 2047, 5 (3)).
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/")


def words(name: str, text: str) -> str:
    """Return ``text`` as the header ``name`` carries it. Raises ValueError for more than one line.

    It is folded at its blanks where that is enough. What a reader would take for an encoded word
    is encoded, so that it is shown as it was typed.
    """
    if "\r" in text or "\n" in text:
        raise ValueError("a header stands on one line")
    return (_folded(name, text) if _is_plain(text) else None) or _encoded(name, text)


def person(name: str, who: str, address: str) -> str:
    """Return a display name and an address, one person's, as the header ``name`` carries them."""
    if not who or _is_plain(who):
        quoted = formataddr((who, address))
        if not who or len(f"{name}: {quoted}") <= COLUMNS:
            return quoted
    encoded = _encoded(name, who)
    last = f"{name}: {encoded}".rpartition(LINE)[2]
    beside = f"{last} <{address}>"
    return f"{encoded}{' ' if len(beside) <= COLUMNS else _FOLD}<{address}>"


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _folded(name: str, text: str) -> str | None:
    """Return ``text`` with line breaks before some blanks; None where that is not enough."""
    begin = f"{name}: "
    lines = wrap(
        begin.replace(" ", "_") + text,
        COLUMNS,
        subsequent_indent=" ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    value = LINE.join(lines)[len(begin) :]
    fits = max(map(len, lines)) <= COLUMNS and value.replace(LINE, "") == text
    return value if fits else None


def _encoded(name: str, text: str) -> str:
    """Return ``text`` as encoded words, one on a line, no character divided between two."""
    quoted = [_quoted(sign) for sign in text]
    as_bytes = [sign.encode() for sign in text]
    if sum(map(len, quoted)) * 3 <= sum(map(len, as_bytes)) * 4:
        return _FOLD.join(f"=?utf-8?q?{''.join(part)}?=" for part in _parts(quoted, name, 1, 1))
    parts = _parts(as_bytes, name, 3, 4)
    return _FOLD.join(f"=?utf-8?b?{b64encode(b''.join(part)).decode()}?=" for part in parts)


def _parts(signs: list[Any], name: str, size: int, written: int) -> Iterator[list[Any]]:
    """Yield the signs in turn, as many as fit into one word: ``size`` take ``written``."""
    room = min(_LONGEST_WORD, COLUMNS - len(f"{name}: ")) - len("=?utf-8?q??=")
    part: list[Any] = []
    length = 0
    for sign in signs:
        if length + len(sign) > room // written * size:
            yield part
            part, length, room = [], 0, _LONGEST_WORD - len("=?utf-8?q??=")
        part.append(sign)
        length += len(sign)
    yield part


def _quoted(sign: str) -> str:
    if sign == " ":
        return "_"
    return sign if sign in _PLAIN else "".join(f"={byte:02X}" for byte in sign.encode())
