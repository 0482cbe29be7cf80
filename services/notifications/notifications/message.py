"""A mail as it goes over the wire: headers, a text part and an HTML part."""

from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, formataddr, parseaddr

from notifications.domain.mail import Mail
from notifications.domain.text import one_line
from notifications.rendering import Content

LINE = "\r\n"
FOLDED_AT = 66  # beside the header's name a line stays under 78 characters


class InvalidAddress(ValueError):
    """No mail server would know what to do with this address."""


@dataclass(frozen=True)
class Sender:
    """Who every mail is from: always the operator's own address, never a person's."""

    name: str
    address: str

    @classmethod
    def parse(cls, written: str) -> "Sender":
        """From ``Name <address>``. Raises InvalidAddress."""
        name, address = parseaddr(written)
        return cls(name, routable(address))

    @property
    def domain(self) -> str:
        """The part after the @: it names our mails and us."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Parcel:
    """What a transport hands over: whom to tell the server it is from and for, and the bytes."""

    sender: str
    recipient: str
    content: bytes


def compose(mail: Mail, content: Content, sender: Sender, now: datetime) -> Parcel:
    """The mail, ready to be sent. Raises InvalidAddress for a recipient that cannot be.

    Its Message-ID is made from the mail's id, so that every attempt at one mail carries the same
    and a receiver can drop a repeat.
    """
    recipient = routable(mail.recipient)
    boundary = f"=_{mail.id.hex}"  # "=_" is in no quoted-printable text
    headers = {
        "From": _person(sender.name, sender.address),
        "To": _person(mail.recipient_name, recipient),
        "Subject": _words(content.subject),
        "Date": format_datetime(now),
        "Message-ID": f"<{mail.id}@{sender.domain}>",
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    if "inviter_email" in mail.facts:
        inviter = routable(mail.facts["inviter_email"])
        headers["Reply-To"] = _person(mail.facts["inviter_name"], inviter)
    parts = [_part("plain", content.text), _part("html", content.html)]
    body = "".join(f"--{boundary}{LINE}{part}{LINE}" for part in parts)
    wire = f"{_block(headers)}{body}--{boundary}--{LINE}"
    return Parcel(sender.address, recipient, wire.encode("ascii"))


def routable(address: str) -> str:
    """``address`` as mail servers know it, an international domain in its ASCII form.

    Raises InvalidAddress for what is none, and for a local part beyond ASCII.
    """
    local, _, domain = address.rpartition("@")
    try:
        if not domain:
            raise ValueError("it has no domain")
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}").addr_spec
    except (ValueError, MessageError) as error:
        raise InvalidAddress(f"not an address: {error}") from error


def _person(name: str, address: str) -> str:
    plain = one_line(name)
    return formataddr((plain, address)) if plain.isascii() else f"{_words(plain)} <{address}>"


def _words(text: str) -> str:
    """``text`` as a header carries it; what would break the line is refused."""
    if "\r" in text or "\n" in text:
        raise ValueError("a header stands on one line")
    if text.isascii() and len(text) <= FOLDED_AT:
        return text
    return Header(text, "us-ascii" if text.isascii() else "utf-8").encode(linesep=LINE)


def _part(subtype: str, text: str) -> str:
    """Printable ASCII on the wire, whatever the next server can take."""
    headers = {
        "Content-Type": f'text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    ended = LINE.join(text.splitlines()) + LINE
    return _block(headers) + b2a_qp(ended.encode(), istext=True).decode("ascii")


def _block(headers: dict[str, str]) -> str:
    """The headers and the empty line after them."""
    return "".join(f"{name}: {value}{LINE}" for name, value in headers.items()) + LINE
