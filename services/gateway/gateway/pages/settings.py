"""The settings: the doors to one's account, one's firm and its bills."""

from werkzeug.wrappers import Response

from gateway.pages.page import get
from gateway.visits import Visit


def show_settings(visit: Visit) -> Response:
    """Show what there is to settle, by what the reader may do (S1-03, S1-66)."""
    return visit.page("firm/settings", firm=visit.ask("groups", "get_firm_overview"))


PAGES = (get("/settings", show_settings),)
