"""Members who go: removed by somebody, or by their own will; each shown before it is done."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from chassis.errors import BadRequest
from gateway.pages import firm_words
from gateway.pages.page import get, post
from gateway.pages.people import find_person, members_of, read_firm
from gateway.visits import Visit

MOST_GIVEN = 200  # clients that one request may give to others

Fields = dict[str, Any]


def show_removal(visit: Visit, member_id: UUID) -> Response:
    """Show what removing would do, and ask what becomes of the clients (S1-48, S1-49)."""
    firm = read_firm(visit)
    person = find_person(firm, "member_id", member_id)
    preview = visit.ask("clients", "preview_removal", member_id=str(member_id))
    return visit.page(
        "firm/removal",
        person=person,
        preview=preview,
        receivers=_receivers(firm, person) if preview["clients"] <= MOST_GIVEN else [],
        words=firm_words,
    )


def remove(visit: Visit, member_id: UUID) -> Response:
    """Remove the member (S1-47); with clients that moved, show where they are now."""
    gone = visit.do(
        "clients",
        "remove_member",
        member_id=str(member_id),
        clients=_choice(visit, member_id),
        cancel_invitations=_cancelling(visit),
    )
    told = visit.text("They are no longer a member, and see the firm's clients no more.")
    assigns = visit.bell["role"] == "admin"
    moved = gone["handover_id"] and assigns
    return visit.go(f"/handovers/{gone['handover_id']}" if moved else "/firm", told)


def show_leaving(visit: Visit) -> Response:
    """Show what one's own leaving would do."""
    preview = visit.ask("clients", "preview_leaving")
    manages = visit.bell["role"] in ("admin", "billing_only")
    return visit.page("firm/leaving", preview=preview, manages=manages, words=firm_words)


def leave(visit: Visit) -> Response:
    """Leave the firm; one works in one's own from now on (S1-56)."""
    visit.do("clients", "leave_firm", cancel_invitations=_cancelling(visit))
    return visit.go("/", visit.text("You have left the firm and work in your own now."))


def _receivers(firm: Fields, person: Fields) -> list[tuple[str, str]]:
    """Return to whom the reader could give the clients; nobody for who assigns none (S1-89)."""
    if "assign_clients" not in firm["viewer"]["can"]:
        return []
    return [
        (one["member_id"], one["name"])
        for one in members_of(firm)
        if one["role"] != "billing_only" and one["member_id"] != person["member_id"]
    ]


def _choice(visit: Visit, member_id: UUID) -> Fields | None:
    """Return what becomes of the clients; None where nothing was asked, or answered."""
    chosen = visit.typed("clients")
    if chosen == "give":
        return {"keep": True, "receivers": _given(visit, member_id)}
    return {"keep": chosen == "keep"} if chosen else None


def _given(visit: Visit, member_id: UUID) -> list[Fields]:
    receiver = visit.typed("receiver")
    if not receiver:
        wrong = {"receiver": [visit.text("Choose who gets the clients.")]}
        raise BadRequest("nobody is chosen", fields=wrong)
    theirs = visit.ask("clients", "list_clients", assigned_to=str(member_id), limit=MOST_GIVEN)
    return [{"client_id": one["client_id"], "member_id": receiver} for one in theirs["items"]]


def _cancelling(visit: Visit) -> Fields | None:
    """Return which of their open invitations are taken back; None where none is."""
    every, some = visit.typed("cancel_all") == "yes", visit.chosen("cancel")
    return {"all": every, "ids": [] if every else some} if every or some else None


PAGES = (
    get("/firm/members/<uuid:member_id>/remove", show_removal),
    post("/firm/members/<uuid:member_id>/remove", remove, again=show_removal),
    get("/firm/leave", show_leaving),
    post("/firm/leave", leave, again=show_leaving),
)
