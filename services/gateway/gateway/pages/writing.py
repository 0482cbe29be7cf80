"""Writing a shared entry, new or changed; two who change one at once see each other's text."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from chassis.errors import BadRequest, NotFound
from gateway.pages import entry_words
from gateway.pages.entries import address, of_both
from gateway.pages.page import get, post
from gateway.visits import Visit
from gateway.words import N_

NO_AMOUNT = N_("Not an amount: 12.50.")


def show_new(visit: Visit, client_id: UUID) -> Response:
    """Ask for the fields of a new entry of the section."""
    section = _section(visit)
    return visit.page(
        "entries/write", base=address(visit, client_id), section=section, entry=None, values={},
        version="", meanwhile=[], words=entry_words,
    )  # fmt: skip


def create(visit: Visit, client_id: UUID) -> Response:
    """Write a new entry."""
    section = _section(visit)
    entry = visit.do(
        "clients",
        "write_entry",
        client_id=str(client_id),
        section=section,
        content=_typed(visit, section),
    )
    return _written(visit, client_id, entry)


def show_edit(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Show the entry to be changed; with what others have written since it was shown before."""
    entry = visit.ask("clients", "get_entry", entry_id=str(entry_id))
    content, version = entry["content"], str(entry["version"])
    has_moved = visit.refusal is not None and visit.refusal.code == "entry_changed_meanwhile"
    values = {
        name: _field(visit, name, content) for name, _ in entry_words.fields(entry["section"])
    }
    return visit.page(
        "entries/write",
        base=address(visit, client_id),
        section=entry["section"],
        entry=entry,
        values=values,
        version=version if has_moved else visit.typed("version", version),
        meanwhile=_differing(visit, entry, values) if has_moved else [],
        words=entry_words,
    )


def change(visit: Visit, client_id: UUID, entry_id: UUID) -> Response:
    """Write the fields of an entry, unless somebody else did meanwhile."""
    section, version = _section(visit), visit.typed("version")
    entry = visit.do(
        "clients",
        "write_entry",
        client_id=str(client_id),
        entry_id=str(entry_id),
        version=int(version) if version.isdecimal() else 0,
        section=section,
        content=_typed(visit, section),
    )
    return _written(visit, client_id, entry)


def _section(visit: Visit) -> str:
    section = str(visit.request.values.get("section", ""))
    if section not in entry_words.SECTIONS:
        raise NotFound("there is no such section")
    return section


def _written(visit: Visit, client_id: UUID, entry: dict[str, Any]) -> Response:
    notice = visit.text("%(title)s is saved.", title=entry["content"]["title"])
    return visit.go(f"{address(visit, client_id)}/{entry['entry_id']}", notice)


def _typed(visit: Visit, section: str) -> dict[str, Any]:
    """Return the section's fields as the form has them. Raises BadRequest for no amount."""
    content: dict[str, Any] = {
        name: visit.typed(name) or None for name, _ in entry_words.fields(section)
    }
    if content.get("currency"):
        content["currency"] = content["currency"].upper()
    if content.get("amount"):
        content["amount"] = visit.formats.minor(content["amount"], content.get("currency") or "")
        if content["amount"] is None:
            raise BadRequest("not an amount", fields={"content.amount": [NO_AMOUNT]})
    if "starts_at" in content and not (content["starts_at"] or content["ends_at"]):
        content["time_zone"] = None
    return content


def _field(visit: Visit, name: str, content: dict[str, Any]) -> str:
    """Return what stands in a form's field for what the entry says."""
    value = content.get(name, "")
    if name == "amount" and value:
        return visit.formats.amount(value, content["currency"])
    return str(value)


def _differing(
    visit: Visit, entry: dict[str, Any], values: dict[str, str]
) -> list[tuple[str, str]]:
    """Return the fields that are saved otherwise than they were typed, with what is saved."""
    return [
        (name, entry_words.shown(visit.formats, name, entry["content"].get(name), entry["content"]))
        for name, saved in values.items()
        if saved.replace("\r\n", "\n") != visit.typed(name).replace("\r\n", "\n")
    ]


_ONE = "/<uuid:entry_id>/edit"
PAGES = of_both(
    get("/new", show_new),
    post("/new", create, again=show_new),
    get(_ONE, show_edit),
    post(_ONE, change, again=show_edit),
)
