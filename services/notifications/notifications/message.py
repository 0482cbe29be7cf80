"""A mail as it goes over the wire: headers, a text part and an HTML part."""

from binascii import b2a_qp
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

from chassis.addresses import Unreachable, to_wire
from notifications.domain.mail import Mail
from notifications.domain.text import one_line, shown
from notifications.headers import LINE, person, words
from notifications.rendering import Content


@dataclass(frozen=True)
class Sender:
    """Who every mail is from: always the operator's own address, never a person's."""

    name: str
    address: str

    @classmethod
    def parse(cls, written: str) -> "Sender":
        """From ``Name <address>``. Raises Unreachable."""
        name, address = parseaddr(written)
        return cls(name, to_wire(address))

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
    """The mail, ready to be sent. Raises Unreachable for a recipient that cannot be.

    Its Message-ID is made from the mail's id, so that every attempt at one mail carries the same
    and a receiver can drop a repeat.
    """
    recipient = to_wire(mail.recipient)
    boundary = f"=_{mail.id.hex}"  # "=_" is in no quoted-printable text
    headers = {
        "From": person("From", one_line(sender.name), sender.address),
        "To": person("To", shown(mail.recipient_name), recipient),
        "Subject": words("Subject", content.subject),
        "Date": format_datetime(now),
        "Message-ID": f"<{mail.id}@{sender.domain}>",
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    if mail.facts.get("inviter_email"):
        with suppress(Unreachable):  # one from before those were refused: nobody to answer to
            inviter = to_wire(mail.facts["inviter_email"])
            headers["Reply-To"] = person("Reply-To", shown(mail.facts["inviter_name"]), inviter)
    parts = [_part("plain", content.text), _part("html", content.html)]
    body = "".join(f"--{boundary}{LINE}{part}{LINE}" for part in parts)
    wire = f"{_block(headers)}{body}--{boundary}--{LINE}"
    return Parcel(sender.address, recipient, wire.encode("ascii"))


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
