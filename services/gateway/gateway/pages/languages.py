"""The reader's choice of a language."""

from werkzeug.wrappers import Response

from gateway.languages import LANGUAGES
from gateway.pages.logins import own_path
from gateway.pages.page import post
from gateway.visits import Visit

KEPT = 365 * 86_400  # seconds


def choose(visit: Visit) -> Response:
    """Keep the chosen language in this browser, and show the same page in it."""
    chosen = visit.typed("language")
    if chosen in LANGUAGES:
        visit.cookies.show("language", chosen, KEPT)
    return visit.go(own_path(visit.typed("next")) or "/")


PAGES = (post("/language", choose, who="anybody"),)
