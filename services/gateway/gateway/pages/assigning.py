"""Whose a client is: taken over, and given to others, one or many at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from chassis.errors import Forbidden
from gateway.pages import client_words
from gateway.pages.page import get, post
from gateway.pages.records import show_client
from gateway.visits import Visit

MOST_CLIENTS = 200
MOST_MEMBERS = 200
PER_PAGE = 50


class OnlyAdmins(Forbidden):
    """The reader gives no clients to others: no form is shown that clients would refuse."""

    code = "only_admins_reassign"


def take(visit: Visit, client_id: UUID) -> Response:
    """Assign the client to the reader, whoever has it now (S1-86, S1-87)."""
    client = visit.do("clients", "assign_to_myself", client_id=str(client_id))
    notice = visit.text("%(name)s is assigned to you now.", name=client["name"])
    return visit.go(f"/clients/{client_id}", notice)


def show_reassigning(visit: Visit) -> Response:
    """Ask who gets the chosen clients; with a member chosen, show what that does (S1-88)."""
    if visit.role not in ("admin", None):
        raise OnlyAdmins("only admins give clients to others")
    clients = visit.request.values.getlist("client")[:MOST_CLIENTS]
    if not clients:
        return visit.go("/clients", visit.text("Tick the clients first, then reassign them."))
    members = _receivers(visit)
    member_id = visit.request.values.get("member", "")
    preview = None
    if member_id and visit.refusal is None:
        asked = _assignments(clients, member_id)
        preview = visit.ask("clients", "preview_reassignment", assignments=asked)
    names = {member["member_id"]: member["name"] for member in members}
    return visit.page(
        "clients/reassign",
        clients=clients,
        members=members,
        names=names,
        member_id=member_id,
        preview=preview,
    )


def reassign(visit: Visit) -> Response:
    """Give the clients to the member, all or none (S1-88)."""
    clients = visit.chosen("client")
    asked = _assignments(clients, visit.typed("member"))
    done = visit.do("clients", "reassign_clients", assignments=asked)
    if len(clients) == 1 and len(done["items"]) == 1:
        told = visit.text("%(name)s is reassigned.", name=done["items"][0]["name"])
        return visit.go(f"/clients/{done['items'][0]['client_id']}", told)
    told = visit.text(
        "Clients that were reassigned: %(moved)s. Clients that were there already: %(unchanged)s.",
        moved=len(done["items"]),
        unchanged=done["unchanged"],
    )
    return visit.go("/clients", told)


def list_handovers(visit: Visit, client_id: UUID) -> Response:
    """Show how the client came from one member to the next, to those who reassign."""
    client = visit.ask("clients", "get_client", client_id=str(client_id))
    found = visit.ask(
        "clients", "list_handovers", client_id=str(client_id), cursor=visit.cursor, limit=PER_PAGE
    )
    return visit.page("clients/handovers", client=client, found=found, words=client_words)


def _receivers(visit: Visit) -> list[dict[str, Any]]:
    """Return the members who can be given clients; billing-only ones cannot (S1-90)."""
    found = visit.ask("groups", "list_members", limit=MOST_MEMBERS)
    return [
        member
        for member in found["items"]
        if member["member_id"] and member["role"] != "billing_only"
    ]


def _assignments(clients: Sequence[str], member_id: str) -> list[dict[str, str]]:
    return [{"client_id": client_id, "member_id": member_id} for client_id in clients]


PAGES = (
    post("/clients/<uuid:client_id>/take", take, again=show_client),
    get("/clients/<uuid:client_id>/handovers", list_handovers),
    get("/clients/reassign", show_reassigning, again=show_reassigning),
    post("/clients/reassign", reassign, again=show_reassigning),
)
