"""What the owners of things are asked for when a mail about one leaves: its link, its paper."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.errors import NotFound
from notifications.contents.enclosures import PRINTERS, read
from notifications.contents.links import SOURCES, Link
from notifications.contents.pages import target
from notifications.contents.parts import Enclosure
from notifications.mails.mail import Mail

log = logging.getLogger(__name__)


def ask_for_link(mail: Mail, remotes: Mapping[str, Any], public_url: str) -> Link:
    """Where ``mail`` leads, with a fresh token for a kind that needs one.

    Raises what the owner answers: NotFound or Conflict when there is nothing to link to any more.
    """
    source = SOURCES.get(mail.kind)
    if source is None:
        there = target(mail, public_url)
        return Link(there.url, None, there.command)
    command = getattr(remotes[source.service], source.command)
    more = {name: mail.facts[name] for name in source.more if name in mail.facts}
    issued = command(**{source.argument: str(mail.about_id)}, **more)
    there = target(mail, public_url, issued["token"])
    told = {fact: issued[name] for name, fact in source.tells.items() if name in issued}
    return Link(there.url, datetime.fromisoformat(issued["expires_at"]), there.command, told)


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
