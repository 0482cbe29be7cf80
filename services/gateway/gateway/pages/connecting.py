"""Linking a client's own account with the record: asked for, taken back, ended (S1-75)."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from chassis.errors import NotFound
from gateway.pages import client_words, entry_words
from gateway.pages.page import get, post
from gateway.pages.records import require_writer, show_client
from gateway.visits import Visit


def show_asking(visit: Visit, client_id: UUID) -> Response:
    """Ask whose account is to be linked, and say what will be shared."""
    require_writer(visit)
    client = visit.ask("clients", "get_client", client_id=str(client_id))
    return visit.page("clients/connect", client=client, sections=entry_words.SECTIONS)


def ask(visit: Visit, client_id: UUID) -> Response:
    """Ask the client to share, by mail; again renews the request."""
    asked = visit.do(
        "clients",
        "request_connection",
        client_id=str(client_id),
        email=visit.typed("email"),
        name=visit.typed("name") or None,
        message=visit.typed("message") or None,
    )
    notice = visit.text("A mail with your request is on its way to %(to)s.", to=asked["email"])
    return visit.go(f"/clients/{client_id}", notice)


def withdraw(visit: Visit, client_id: UUID) -> Response:
    """Take the request back; its link accepts nothing any more."""
    connection_id = visit.typed("connection_id")
    visit.do("clients", "withdraw_connection", connection_id=connection_id)
    return visit.go(f"/clients/{client_id}", visit.text("The request is taken back."))


def show_ending(visit: Visit, client_id: UUID) -> Response:
    """Say what each side keeps, before the connection is ended."""
    require_writer(visit)
    return visit.page(
        "clients/disconnect", connection=_newest(visit, client_id), words=client_words
    )


def end(visit: Visit, client_id: UUID) -> Response:
    """End the connection; both sides keep what was shared until now."""
    visit.do("clients", "end_connection", connection_id=visit.typed("connection_id"))
    return visit.go(f"/clients/{client_id}", visit.text("The connection is ended."))


def _newest(visit: Visit, client_id: UUID) -> Any:
    """Return the client's newest connection. Raises NotFound."""
    found = visit.ask("clients", "list_connections", client_id=str(client_id), limit=1)
    if not found["items"]:
        raise NotFound("there is no such connection")
    return found["items"][0]


PAGES = (
    get("/clients/<uuid:client_id>/connect", show_asking),
    post("/clients/<uuid:client_id>/connect", ask, again=show_asking),
    post("/clients/<uuid:client_id>/withdraw", withdraw, again=show_client),
    get("/clients/<uuid:client_id>/disconnect", show_ending),
    post("/clients/<uuid:client_id>/disconnect", end, again=show_ending),
)
