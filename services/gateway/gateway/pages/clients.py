"""The home page of professionals: the clients they may see."""

from werkzeug.wrappers import Response

from gateway.pages import client_words
from gateway.pages.page import get
from gateway.visits import Visit
from gateway.words import N_

PER_PAGE = 50
VIEWS = (
    ("", N_("All that I may see")),
    ("mine", N_("Mine")),
    ("unassigned", N_("Assigned to nobody")),
)


def show_home(visit: Visit) -> Response:
    """List the clients that the reader may see, with marks, search and views (S1-76..82)."""
    search, asked = visit.asked("search")[:100], visit.asked("view")
    view = asked if asked in dict(VIEWS) else ""
    found = visit.ask(
        "notifications",
        "list_home",
        search=search or None,
        assigned_to=view or None,
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    return visit.page(
        "clients/home", found=found, search=search, view=view, views=VIEWS, words=client_words
    )


PAGES = (get("/clients", show_home),)
