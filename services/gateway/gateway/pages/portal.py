"""A client's first page: which firms share with them, in whose name; and who sees it there."""

from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import client_words, firm_words
from gateway.pages.page import get
from gateway.visits import Visit

PER_PAGE = 100


def show_portal(visit: Visit) -> Response:
    """Show the records that are shared with the reader, firm by firm (S2-19)."""
    found = visit.ask("clients", "list_my_connections", cursor=visit.cursor, limit=PER_PAGE)
    return visit.page("portal/home", firms=_by_firm(found["items"]), found=found)


def show_access(visit: Visit, client_id: UUID) -> Response:
    """Show who in the firm may see what is shared, and why."""
    found = visit.ask(
        "clients",
        "explain_my_access",
        client_id=str(client_id),
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    return visit.page(
        "portal/access", found=found, client_id=client_id, words=client_words,
        roles=firm_words.ROLES,
    )  # fmt: skip


def _by_firm(ties: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return each record once, under its firm's name.

    Of several connections with one record the newest counts, which comes first.
    """
    newest = {tie["client_id"]: tie for tie in reversed(ties)}.values()
    ordered = sorted(newest, key=itemgetter("firm_name", "client_name"))
    return [(name, list(some)) for name, some in groupby(ordered, itemgetter("firm_name"))]


PAGES = (
    get("/portal", show_portal, who="client"),
    get("/portal/<uuid:client_id>/access", show_access, who="client"),
)
