"""Sharing with a firm, as a client sees it: the request behind a link, and what was agreed to."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from chassis.errors import NotFound
from gateway import mailed
from gateway.pages.page import get, post
from gateway.visits import Visit

PATH = "/connections"
PER_PAGE = 50


def show_request(visit: Visit) -> Response:
    """Show who asks and what would be shared; without a link, a client's own connections."""
    if way := mailed.take(visit):
        return way
    if not mailed.is_open(visit, PATH):
        return _without_link(visit)
    return visit.page(
        "connections/request", offer=mailed.offer(visit, PATH, "clients", "open_connection")
    )


def accept(visit: Visit) -> Response:
    """Share from now on, with the account that is logged in."""
    tie = visit.do("clients", "accept_connection", token=mailed.token(visit, PATH))
    mailed.drop(visit, PATH)
    notice = visit.text("You are connected. What either of you writes is shared.")
    return visit.go(f"/portal/{tie['client_id']}", notice)


def decline(visit: Visit) -> Response:
    """Say no; whoever asked learns only that there is no connection (Q8)."""
    visit.do("clients", "decline_connection", token=mailed.token(visit, PATH))
    mailed.drop(visit, PATH)
    return visit.go(PATH, visit.text("You have declined. Nothing is shared."))


def show_connection(visit: Visit, connection_id: UUID) -> Response:
    """Show one connection of the reader, with the way to end it."""
    return visit.page("connections/connection", connection=_find(visit, str(connection_id)))


def end(visit: Visit, connection_id: UUID) -> Response:
    """End the connection; both sides keep what was shared, to read (Q9)."""
    visit.do("clients", "end_my_connection", connection_id=str(connection_id))
    return visit.go(PATH, visit.text("The connection has ended. Nothing new is shared."))


def _without_link(visit: Visit) -> Response:
    if visit.kind != "client":
        return visit.page("connections/no_link")
    found = visit.ask("clients", "list_my_connections", cursor=visit.cursor, limit=PER_PAGE)
    return visit.page("connections/mine", found=found)


def _find(visit: Visit, connection_id: str) -> Any:
    """Return one of the reader's connections. Raises NotFound."""
    cursor: str | None = None
    while True:
        found = visit.ask("clients", "list_my_connections", cursor=cursor, limit=PER_PAGE)
        for one in found["items"]:
            if one["connection_id"] == connection_id:
                return one
        cursor = found["next_cursor"]
        if cursor is None:
            raise NotFound


PAGES = (
    get(PATH, show_request, who="anybody"),
    post(f"{PATH}/accept", accept, who="client", again=show_request),
    post(f"{PATH}/decline", decline, who="client", again=show_request),
    get(f"{PATH}/<uuid:connection_id>", show_connection, who="client"),
    post(f"{PATH}/<uuid:connection_id>/end", end, who="client", again=show_connection),
)
