"""What the owners of things are asked for when a mail about one leaves: its link, its paper."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chassis.errors import ChassisError, NotFound, from_wire
from notifications.contents.enclosures import PRINTERS, read
from notifications.contents.links import SOURCES, Link, Source
from notifications.contents.pages import target
from notifications.contents.parts import Enclosure
from notifications.mails.mail import Mail

log = logging.getLogger(__name__)


def ask_for_links(
    mails: Sequence[Mail], remotes: Mapping[str, Any], public_url: str
) -> list[Link | Exception]:
    """Ask with one call where these mails lead, and return it for each of them in their order.

    A link has a fresh token where its kind needs one. In its place stands what the owner answers,
    NotFound or Conflict when there is nothing to link to any more, or what else went wrong.
    """
    source = SOURCES.get(mails[0].kind)
    try:
        if source is None:
            return [_without_token(mail, public_url) for mail in mails]
        answers = (
            _several(source, mails, remotes) if source.several else _one(source, mails, remotes)
        )
        return [
            answer
            if isinstance(answer, Exception)
            else _with_token(source, mail, answer, public_url)
            for mail, answer in zip(mails, answers, strict=True)
        ]
    except Exception as error:  # noqa: BLE001 - each mail's attempt says what came of it
        return [error] * len(mails)


def ask_for_enclosure(mail: Mail, remotes: Mapping[str, Any]) -> Enclosure | None:
    """Return the paper that ``mail`` is about; None for a kind without one.

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


def _several(
    source: Source, mails: Sequence[Mail], remotes: Mapping[str, Any]
) -> list[dict[str, Any] | ChassisError]:
    command = getattr(remotes[source.service], source.command)
    issued = command(**{source.argument: [str(mail.about_id) for mail in mails]})["links"]
    return [one["link"] or from_wire(one["refusal"]) for one in issued]


def _one(
    source: Source, mails: Sequence[Mail], remotes: Mapping[str, Any]
) -> list[dict[str, Any] | ChassisError]:
    [mail] = mails
    command = getattr(remotes[source.service], source.command)
    more = {name: mail.facts[name] for name in source.more if name in mail.facts}
    return [command(**{source.argument: str(mail.about_id)}, **more)]


def _with_token(source: Source, mail: Mail, issued: dict[str, Any], public_url: str) -> Link:
    there = target(mail, public_url, issued["token"])
    told = {fact: issued[name] for name, fact in source.tells.items() if name in issued}
    return Link(there.url, datetime.fromisoformat(issued["expires_at"]), there.command, told)


def _without_token(mail: Mail, public_url: str) -> Link:
    there = target(mail, public_url)
    return Link(there.url, None, there.command)
