"""What a firm and a client share, section by section: looked at, and with its history."""

from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import entry_words
from gateway.pages.page import get, post
from gateway.visits import Visit

PER_PAGE = 50


def list_entries(visit: Visit, client_id: UUID) -> Response:
    """List what is shared with the client, of one section or all, the newest first."""
    asked = visit.asked("section")
    section = asked if asked in entry_words.SECTIONS else ""
    found = visit.ask(
        "clients",
        "list_entries",
        client_id=str(client_id),
        section=section or None,
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    return visit.page(
        "entries/list", found=found, client_id=client_id, section=section, words=entry_words
    )


def show_entry(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Show one entry, and who changed what of it, field by field."""
    found = visit.ask(
        "clients",
        "list_entry_versions",
        entry_id=str(entry_id),
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    return visit.page(
        "entries/entry", found=found, entry=found["entry"], client_id=client_id, words=entry_words
    )


def show_deleting(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Ask whether the entry is to be taken out of the lists, for both sides."""
    entry = visit.ask("clients", "get_entry", entry_id=str(entry_id))
    return visit.page("entries/delete", entry=entry, client_id=client_id, words=entry_words)


def delete(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Take the entry out of the lists; its history stays."""
    version = visit.typed("version")
    entry = visit.do(
        "clients",
        "delete_entry",
        client_id=str(client_id),
        entry_id=str(entry_id),
        version=int(version) if version.isdecimal() else 0,
    )
    notice = visit.text("%(title)s is deleted.", title=entry["content"]["title"])
    return visit.go(f"/clients/{client_id}/shared?section={entry['section']}", notice)


_ONE = "/clients/<uuid:client_id>/shared/<uuid:entry_id>"
PAGES = (
    get("/clients/<uuid:client_id>/shared", list_entries),
    get(_ONE, show_entry),
    get(f"{_ONE}/delete", show_deleting),
    post(f"{_ONE}/delete", delete, again=show_deleting),
)
