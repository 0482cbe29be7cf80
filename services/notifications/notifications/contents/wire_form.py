"""A mail as it goes over the wire: its headers; ``parts`` has what follows them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

from chassis.addresses import Unreachable, to_wire
from notifications.contents.headers import LINE, person, words
from notifications.contents.parts import Enclosure, body
from notifications.contents.rendering import Content
from notifications.contents.text import one_line, shown
from notifications.mails.mail import Mail


@dataclass(frozen=True)
class Sender:
    """Who every mail is from: always the operator's own address, never a person's."""

    name: str
    address: str

    @classmethod
    def parse(cls, written: str) -> "Sender":
        """Parse ``Name <address>``. Raises Unreachable."""
        name, address = parseaddr(written)
        return cls(name, to_wire(address))

    @property
    def domain(self) -> str:
        """The part after the @: it names our mails and us."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class EncodedMail:
    """What a transport hands over: whom to tell the server it is from and for, and the bytes."""

    sender: str
    recipient: str
    content: bytes


def compose(
    mail: Mail,
    content: Content,
    sender: Sender,
    now: datetime,
    enclosure: Enclosure | None = None,
) -> EncodedMail:
    """Return the mail, ready to be sent. Raises Unreachable for a recipient that cannot be.

    Its Message-ID is made from the mail's id, so that every attempt at one mail carries the same
    and a receiver can drop a repeat.
    """
    recipient = to_wire(mail.recipient)
    parts = body(mail.id.hex, content.text, content.html, enclosure)
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
        "Content-Type": parts.content_type,
    }
    if mail.facts.get("inviter_email"):
        with suppress(Unreachable):  # one from before those were refused: nobody to answer to
            inviter = to_wire(mail.facts["inviter_email"])
            headers["Reply-To"] = person("Reply-To", shown(mail.facts["inviter_name"]), inviter)
    wire = f"{_block(headers)}{parts.content}"
    return EncodedMail(sender.address, recipient, wire.encode("ascii"))


def _block(headers: dict[str, str]) -> str:
    """Return the headers and the empty line after them."""
    return "".join(f"{name}: {value}{LINE}" for name, value in headers.items()) + LINE
