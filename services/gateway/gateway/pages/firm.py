"""The reader's firm: who is in it, what it has, and what it is called."""

from werkzeug.wrappers import Response

from gateway.pages import firm_words
from gateway.pages.inviting import DRAFT
from gateway.pages.page import get, post
from gateway.pages.people import ADMINS, by_role, require_role
from gateway.visits import Visit


def show_firm(visit: Visit) -> Response:
    """Show the firm's licenses, its members and whom it has invited (S1-06..08, S1-40, S1-67)."""
    firm = visit.ask("groups", "get_firm_overview")
    if visit.cursor:
        found = visit.ask("groups", "list_members", cursor=visit.cursor, limit=200)
        firm |= {"members": found["items"], "next_cursor": found["next_cursor"]}
    people = firm["members"]
    return visit.page(
        "firm/overview",
        firm=firm,
        roles=by_role(people),
        pending=[one for one in people if one["status"] == "pending"],
        expired=[one for one in people if one["status"] == "expired"],
        is_inviting=visit.cookies.read(DRAFT) is not None,
        words=firm_words,
    )


def show_name(visit: Visit) -> Response:
    """Ask for another name."""
    require_role(visit, ADMINS)
    return visit.page("firm/name", firm=visit.ask("groups", "get_firm_overview"))


def rename(visit: Visit) -> Response:
    """Give the firm another name."""
    firm = visit.do("groups", "rename_firm", name=visit.typed("name"))
    return visit.go("/firm", visit.text("The firm is called %(name)s now.", name=firm["name"]))


def show_visibility(visit: Visit) -> Response:
    """Ask who is to see which clients."""
    require_role(visit, ADMINS)
    firm = visit.ask("groups", "get_firm_overview")
    return visit.page("firm/visibility", firm=firm, words=firm_words)


def change_visibility(visit: Visit) -> Response:
    """Decide who sees which clients from now on."""
    firm = visit.do("groups", "change_visibility", policy=visit.typed("policy"))
    told = visit.text(firm_words.POLICIES_MEAN[firm["policy"]])
    return visit.go("/firm", told)


PAGES = (
    get("/firm", show_firm),
    get("/firm/name", show_name),
    post("/firm/name", rename, again=show_name),
    get("/firm/visibility", show_visibility),
    post("/firm/visibility", change_visibility, again=show_visibility),
)
