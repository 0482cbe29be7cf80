"""A client's record: looked at, opened, changed; and who may see it, and why."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from chassis.errors import Forbidden
from gateway.pages import client_words
from gateway.pages.page import get, post
from gateway.visits import Visit

PER_PAGE = 100


def show_client(visit: Visit, client_id: UUID) -> Response:
    """Show the record, whose it is, and how it stands with the client's own account."""
    client = visit.ask("clients", "get_client", client_id=str(client_id))
    connection = None
    if client["connection"] != "none":
        found = visit.ask("clients", "list_connections", client_id=str(client_id), limit=1)
        connection = next(iter(found["items"]), None)
    return visit.page("clients/client", client=client, connection=connection, words=client_words)


def show_access(visit: Visit, client_id: UUID) -> Response:
    """Show who in the firm may see the client, and why."""
    found = visit.ask(
        "clients",
        "explain_access",
        client_id=str(client_id),
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    return visit.page("clients/access", found=found, client_id=client_id, words=client_words)


class OnlyReads(Forbidden):
    """The reader's role writes no records: no form is shown that clients would refuse."""

    code = "cannot_manage_records"


def require_writer(visit: Visit) -> None:
    """Raise OnlyReads for a role that reads records, or none at all."""
    if visit.role in ("practitioner", "billing_only"):
        raise OnlyReads("records are written by admins and members")


def show_new(visit: Visit) -> Response:
    """Ask for what is known of a new client."""
    require_writer(visit)
    return visit.page("clients/new", client=None, words=client_words)


def create(visit: Visit) -> Response:
    """Open the record (S5-56)."""
    fields = _typed(visit)
    if visit.typed("assigned_to") == "nobody":
        fields["assigned_member_id"] = None
    client = visit.do("clients", "create_client", **fields)
    notice = visit.text("%(name)s is among your clients now.", name=client["name"])
    return visit.go(f"/clients/{client['client_id']}", notice)


def show_edit(visit: Visit, client_id: UUID) -> Response:
    """Show the record to be changed; with what others have saved since it was shown before."""
    require_writer(visit)
    client = visit.ask("clients", "get_client", client_id=str(client_id))
    has_moved = visit.refusal is not None and visit.refusal.code == "client_changed_meanwhile"
    version = client["version"] if has_moved else visit.typed("version", str(client["version"]))
    meanwhile = _differing(client, _typed(visit)) if has_moved else []
    return visit.page(
        "clients/edit", client=client, version=version, meanwhile=meanwhile, words=client_words
    )


def update(visit: Visit, client_id: UUID) -> Response:
    """Keep what was changed, unless somebody else changed the record meanwhile."""
    version = visit.typed("version")
    client = visit.do(
        "clients",
        "update_client",
        client_id=str(client_id),
        version=int(version) if version.isdecimal() else 0,
        **_typed(visit),
    )
    return visit.go(f"/clients/{client_id}", visit.text("%(name)s is saved.", name=client["name"]))


def _typed(visit: Visit) -> dict[str, Any]:
    """Return the record's fields as the form has them."""
    lines = {name: visit.typed(name).splitlines() for name in ("emails", "phones")}
    plain = ("given_name", "family_name", "display_name", "number", "birth_date")
    return {
        **{name: visit.typed(name) or None for name in (*plain, "additional_information")},
        **{name: [line.strip() for line in found if line.strip()] for name, found in lines.items()},
        "tags": [tag.strip() for tag in visit.typed("tags").split(",") if tag.strip()],
        "status": visit.typed("status", "prospect"),
    }


def _differing(client: dict[str, Any], typed: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields that are saved otherwise than they were typed, with what is saved."""
    saved = client | {"phones": [phone["raw"] for phone in client["phones"]]}
    return [
        (name, ", ".join(saved[name]) if isinstance(saved[name], list) else saved[name] or "")
        for name, value in typed.items()
        if saved.get(name) != value
    ]


PAGES = (
    get("/clients/new", show_new),
    post("/clients/new", create, again=show_new),
    get("/clients/<uuid:client_id>", show_client),
    get("/clients/<uuid:client_id>/access", show_access),
    get("/clients/<uuid:client_id>/edit", show_edit),
    post("/clients/<uuid:client_id>/edit", update, again=show_edit),
)
