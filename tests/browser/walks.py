"""Every page of the table, with what its address needs to show something."""

import re
from collections.abc import Iterator, Mapping

from gateway.navigation import is_open
from gateway.pages.page import Page
from gateway.pages.table import PAGES

# What is no page to look at, or needs a month that has gone by: see the gateway's own tests.
LEFT_OUT = frozenset({"/live/bell", "/firm/invite/send", "/register", "/firm/licenses/<day>"})
LEADS_ON = frozenset({"/", "/verify-email"})  # to other pages, whoever is logged in
NEEDS_A_MONTH = "/billing/statements/<"
QUERIES = {
    "/portal/<uuid:client_id>/new": "?section=calendar",
    "/clients": "?search=&view=",
    "/clients/reassign": "?client={client_id}&member={member_id}",
    "/clients/<uuid:client_id>/shared/new": "?section=calendar",
    "/firm/members/<uuid:member_id>/role": "?role=admin",
    "/firm/members/<uuid:member_id>/billing/check": "?to={member_id}&role=member",
    "/sign-up": "?kind=professional",
}
SERVICE = {"service": "groups"}  # one of those whose routes and refusals have a page
PARAMETER = re.compile(r"<(?:uuid:)?(\w+)>")


def pages(kind: str | None, role: str | None, ids: Mapping[str, str]) -> Iterator[str]:
    """The addresses of all pages that such a reader may look at."""
    for page in PAGES:
        if kind is not None and page.path in LEADS_ON:
            continue
        if page.verb == "GET" and page.admits(kind) and _is_shown(page, role):
            yield _address(page.path, ids)


def _is_shown(page: Page, role: str | None) -> bool:
    if page.path in LEFT_OUT or page.path.startswith(NEEDS_A_MONTH) or page.path.endswith("/pdf"):
        return False
    return not page.is_of_work or is_open(role, page.path)


def _address(path: str, ids: Mapping[str, str]) -> str:
    if path.startswith("/firm/members/<uuid:member_id>/billing"):
        path = path.replace("<uuid:member_id>", ids["billing_id"])
        query = QUERIES.get("/firm/members/<uuid:member_id>/billing/check", "")
        return path + (query.format(**ids) if path.endswith("/check") else "")
    query, known = QUERIES.get(path, "").format(**ids), {**SERVICE, **ids}
    return PARAMETER.sub(lambda found: known[found[1]], path) + query
