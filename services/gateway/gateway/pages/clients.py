"""The home page of professionals: the clients they may see."""

from werkzeug.wrappers import Response

from gateway.pages.page import get
from gateway.visits import Visit

PER_PAGE = 50


def show_home(visit: Visit) -> Response:
    """List the clients that the reader may see, with marks, search and views (S1-76..82)."""
    search, view = visit.asked("search"), visit.asked("view")
    found = visit.ask(
        "notifications",
        "list_home",
        search=search or None,
        assigned_to=view or None,
        cursor=visit.asked("cursor") or None,
        limit=PER_PAGE,
    )
    return visit.page("clients/home", found=found, search=search, view=view)


PAGES = (get("/clients", show_home),)
