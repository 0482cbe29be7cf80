"""Mails put into words: a subject, a text and an HTML page from the templates of their kind."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from notifications.contents import text
from notifications.contents.links import Link
from notifications.contents.reasons import in_words
from notifications.mails.letter import Kind
from notifications.mails.mail import Mail


@dataclass(frozen=True)
class Content:
    """A mail in words."""

    subject: str
    text: str
    html: str


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("notifications.contents"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "one_line": text.shown,  # what people wrote; never a link
        "address": text.one_line,  # one that its reader typed, to be recognised
        "lines": text.lines,
        "amount": lambda minor, currency: text.amount(int(minor), str(currency)),
        "day": lambda moment: text.day(_moment(moment)),
        "end_of_day": lambda last: text.end_of_day(_moment(last)),
        "month": text.month,
        "in_words": lambda reason: in_words(str(reason)),
        "day_and_time": lambda moment: text.day_and_time(_moment(moment)),
    }
    return environment


_templates = _environment()


# What a kind has gained: mails that were owed before do not have it.
GAINED: dict[Kind, dict[str, Any]] = {Kind.CONNECTION_REQUEST: {"client_name": ""}}


def brought_up_to_date(mail: Mail, link: Link) -> Mail:
    """Return the mail with what the link's owner says now in place of what was owed.

    An empty fact stays empty; nobody's address (the sender has left) is none.
    """
    if not link.told:
        return mail
    facts = {**mail.facts, **link.told}
    facts |= {name: "" for name in ("message", "inviter_email") if mail.facts.get(name) == ""}
    facts["message"] = facts.get("message") or ""
    if facts.get("inviter_email") is None:
        facts.pop("inviter_email", None)
    return replace(mail, facts=facts)


def render(mail: Mail, link: Link, *, has_paper: bool = False) -> Content:
    """Return the mail's subject, text and HTML.

    A fact that a template needs and the mail lacks is an error (jinja2.UndefinedError), never a
    gap. What people wrote is escaped, and nothing of it becomes a link.
    """
    known: dict[str, Any] = {**GAINED.get(mail.kind, {}), **mail.facts}
    known |= {"name": mail.recipient_name, "link": link.url, "command": link.command}
    known["has_paper"] = has_paper
    if link.expires_at is not None:
        known["expires_at"] = link.expires_at
    subject, plain, html = (
        _templates.get_template(f"{mail.kind}/{part}").render(known)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Content(text.shown(subject), plain, html)


def _moment(value: datetime | str) -> datetime:
    """Read an instant or a day among facts, which are JSON: its ISO 8601 text; a day is UTC's."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
