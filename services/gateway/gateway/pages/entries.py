"""What a firm and a client share, section by section: looked at, and with its history.

Both sides have these pages; each at an address of its own.
"""

from dataclasses import replace
from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import entry_words
from gateway.pages.page import Page, get, post
from gateway.visits import Visit

PER_PAGE = 50

FIRMS = "/clients/{}/shared"
CLIENTS = "/portal/{}"


def address(visit: Visit, client_id: UUID) -> str:
    """Return where what is shared with the client stands for this reader."""
    return (CLIENTS if visit.kind == "client" else FIRMS).format(client_id)


def of_both(*pages: Page) -> tuple[Page, ...]:
    """Return the pages at the firm's addresses and at the client's."""
    firms, clients = (place.format("<uuid:client_id>") for place in (FIRMS, CLIENTS))
    return (
        *(replace(page, path=firms + page.path) for page in pages),
        *(replace(page, path=clients + page.path, who="client") for page in pages),
    )


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
    base = address(visit, client_id)
    return visit.page(
        "entries/list", found=found, client_id=client_id, base=base, section=section,
        words=entry_words,
    )  # fmt: skip


def show_entry(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Show one entry, and who changed what of it, field by field."""
    found = visit.ask(
        "clients",
        "list_entry_versions",
        entry_id=str(entry_id),
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    base = address(visit, client_id)
    return visit.page(
        "entries/entry", found=found, entry=found["entry"], base=base, words=entry_words
    )


def show_deleting(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Ask whether the entry is to be taken out of the lists, for both sides."""
    entry = visit.ask("clients", "get_entry", entry_id=str(entry_id))
    return visit.page("entries/delete", entry=entry, base=address(visit, client_id))


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
    return visit.go(f"{address(visit, client_id)}?section={entry['section']}", notice)


_ONE = "/<uuid:entry_id>"
PAGES = of_both(
    get("", list_entries),
    get(_ONE, show_entry),
    get(f"{_ONE}/delete", show_deleting),
    post(f"{_ONE}/delete", delete, again=show_deleting),
)
