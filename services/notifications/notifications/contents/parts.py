"""The body of a mail: a text and an HTML part to choose from, and a paper beside them."""

import base64
import re
from binascii import b2a_qp
from dataclasses import dataclass

LINE = "\r\n"


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Body:
    """What follows a mail's headers, in printable ASCII, and the header that says what it is."""

    content_type: str
    content: str


def body(name: str, text: str, html: str, enclosure: Enclosure | None = None) -> Body:
    """Return the body of a mail.

    ``name`` is no other mail's: boundaries between parts are made of it.
    """
    # "=_" is in no quoted-printable text, and no base64 has it either
    choice = _multipart("alternative", f"=_{name}", [_words("plain", text), _words("html", html)])
    if enclosure is None:
        return choice
    first = _block({"Content-Type": choice.content_type}) + choice.content
    return _multipart("mixed", f"=_{name}_with", [first, _file(enclosure)])


def _multipart(subtype: str, boundary: str, parts: list[str]) -> Body:
    joined = "".join(f"--{boundary}{LINE}{part}{LINE}" for part in parts)
    return Body(f'multipart/{subtype}; boundary="{boundary}"', f"{joined}--{boundary}--{LINE}")


def _words(subtype: str, text: str) -> str:
    """Return a text's part: printable ASCII on the wire, whatever the next server can take."""
    headers = {
        "Content-Type": f'text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    ended = LINE.join(text.splitlines()) + LINE
    return _block(headers) + b2a_qp(ended.encode(), istext=True).decode("ascii")


def _file(enclosure: Enclosure) -> str:
    name = re.sub(r"[^A-Za-z0-9._-]", "_", enclosure.file_name)
    headers = {
        "Content-Type": f'{enclosure.content_type}; name="{name}"',
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Transfer-Encoding": "base64",
    }
    encoded = base64.encodebytes(enclosure.content).decode("ascii")
    return _block(headers) + encoded.replace("\n", LINE)


def _block(headers: dict[str, str]) -> str:
    """Return the headers and the empty line after them."""
    return "".join(f"{name}: {value}{LINE}" for name, value in headers.items()) + LINE
