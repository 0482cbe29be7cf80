"""The mails of an installation that sends none: a trial on one machine, in one process."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from chassis.config import Configuration
from chassis.config.checks import is_loopback
from gateway.pages.page import Page, get
from gateway.visits import Visit

NEWEST = 100
_LINK = re.compile(r"(https?://\S+)")


def mail_folder(configuration: Configuration) -> Path | None:
    """Return where mails lie that anybody at this machine may read; None where that is nowhere.

    Only where nobody else uses it, as a broker or a public address would say: everybody's one-time
    links stand in them.
    """
    if configuration.is_for_others:
        return None
    settings = configuration.service("notifications")
    return Path(str(settings["mail_directory"])) if settings["mail_transport"] == "file" else None


class MailFolder:
    """The pages of one folder of mails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def pages(self) -> tuple[Page, ...]:
        """The list, and one mail."""
        return (
            get("/dev/mail", self.show_mails, who="anybody"),
            get("/dev/mail/<name>", self.show_mail, who="anybody"),
        )

    def show_mails(self, visit: Visit) -> Response:
        """List the newest mails."""
        _require_here(visit)
        files = sorted(self._folder.glob("*.eml"), key=_written_at, reverse=True)[:NEWEST]
        return visit.page("mails/list", mails=[(path.stem, _read(path)) for path in files])

    def show_mail(self, visit: Visit, name: str) -> Response:
        """Show what a mail says, as text; its links can be followed."""
        _require_here(visit)
        found = next((path for path in self._folder.glob("*.eml") if path.stem == name), None)
        if found is None:
            raise NotFound
        mail = _read(found)
        return visit.page("mails/mail", mail=mail, parts=_parts(mail))


def _require_here(visit: Visit) -> None:
    """Raise NotFound unless the reader sits at this machine."""
    if not is_loopback(visit.request.remote_addr):
        raise NotFound


def _written_at(path: Path) -> int:
    return path.stat().st_mtime_ns


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _parts(mail: EmailMessage) -> list[dict[str, Any]]:
    """Return the plain text in pieces: what is a link, and what stands between."""
    body = mail.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    pieces = _LINK.split(text)
    return [{"text": piece, "is_link": bool(place % 2)} for place, piece in enumerate(pieces)]
