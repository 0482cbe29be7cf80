"""What whoever writes a program has to know of the HTTP API."""

from werkzeug.wrappers import Response

from chassis.errors import NotFound
from gateway.api import reference
from gateway.api.routes import PREFIX
from gateway.pages.page import get
from gateway.visits import Visit
from gateway.words import N_

CALLERS = {
    "public": N_("Anybody"),
    "professional": N_("Professionals"),
    "client": N_("Clients"),
}
PLACES = {
    "path": N_("In the path"),
    "query": N_("In the query"),
    "header": N_("In headers"),
    "body": N_("In the JSON body"),
}


def show_api(visit: Visit) -> Response:
    """Show how to ask, and every route in a line."""
    return visit.page("programs/api", services=reference.operations(), prefix=PREFIX)


def show_service(visit: Visit, service: str) -> Response:
    """Show what the routes of one service take and answer. Raises NotFound."""
    operations = reference.operations().get(service)
    if operations is None:
        raise NotFound("there is no such service")
    return visit.page(
        "programs/service", service=service, operations=operations, callers=CALLERS, places=PLACES
    )


def show_problems(visit: Visit) -> Response:
    """Show every code of a refusal: what a problem's ``type`` points to."""
    return visit.page("programs/problems", problems=reference.problems())


PAGES = (
    get("/api", show_api, who="anybody"),
    get("/api/problems", show_problems, who="anybody"),
    get("/api/<service>", show_service, who="anybody"),
)
