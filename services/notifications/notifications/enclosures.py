"""Papers that go with a mail: billing prints them when the mail is sent."""

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import NotFound
from notifications.domain.letters import Kind
from notifications.domain.mail import Mail
from notifications.parts import Enclosure

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


def ask_for_enclosure(mail: Mail, remotes: Mapping[str, Any]) -> Enclosure | None:
    """The paper that ``mail`` is about; None for a kind without one.

    None too where billing has no such paper, or a larger one than mail servers take: the mail
    tells all that stands on it. Raises what billing answers otherwise; then it is tried again.
    """
    printer = PRINTERS.get(mail.kind)
    if printer is None:
        return None
    asked = {printer.argument: str(mail.about_id), "firm_id": str(mail.firm_id)}
    try:
        paper = getattr(remotes[printer.service], printer.query)(**asked)
    except NotFound as refusal:
        if refusal.code not in ("receipt_not_found", "statement_not_found"):
            raise
        log.warning("mail %s goes without its paper: %s", mail.id, refusal.code)
        return None
    return read(paper)


def read(paper: Mapping[str, str]) -> Enclosure | None:
    """The paper as billing sends it; None for one that is too large."""
    content = base64.b64decode(paper["content_base64"])
    if len(content) > LARGEST:
        log.warning("%s of %d bytes goes with no mail", paper["file_name"], len(content))
        return None
    return Enclosure(paper["file_name"], paper["content_type"], content)
