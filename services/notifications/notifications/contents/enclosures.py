"""Papers that go with a mail: billing prints them when the mail is sent."""

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from notifications.contents.parts import Enclosure
from notifications.mails.letter import Kind

log = logging.getLogger(__name__)

LARGEST = 5_000_000  # bytes; mail servers commonly take 10 MB, and base64 adds a third


@dataclass(frozen=True)
class Printer:
    """The owner's query that prints the thing a mail is about."""

    service: str
    query: str
    argument: str


PRINTERS: Mapping[Kind, Printer] = {
    Kind.RECEIPT: Printer("billing", "enclose_receipt", "receipt_id"),
    Kind.STATEMENT: Printer("billing", "enclose_statement", "statement_id"),
}


def read(paper: Mapping[str, str]) -> Enclosure | None:
    """Return the paper as billing sends it; None for one that is too large."""
    content = base64.b64decode(paper["content_base64"])
    if len(content) > LARGEST:
        log.warning("%s of %d bytes goes with no mail", paper["file_name"], len(content))
        return None
    return Enclosure(paper["file_name"], paper["content_type"], content)
