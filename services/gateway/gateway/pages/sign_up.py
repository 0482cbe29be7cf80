"""Signing up, as one of two kinds."""

from typing import Any

from werkzeug.wrappers import Response

from chassis.errors import ChassisError
from gateway import mailed
from gateway.pages import logins
from gateway.pages.page import get, post
from gateway.visits import Visit

KINDS = ("professional", "client")
# What an opened link is for says which kind of account it takes, and to whom it was mailed.
_OFFERS = {
    "/invitations": ("professional", "groups", "open_invitation"),
    "/connections": ("client", "clients", "open_connection"),
}


def show_sign_up(visit: Visit) -> Response:
    """Ask which kind it is to be, then for the rest; an opened link answers some of it."""
    kind, offer = visit.typed("kind") or visit.asked("kind"), _offer(visit)
    if kind not in KINDS:
        kind = offer.get("kind", "")
    if kind not in KINDS:
        return visit.page("sign_up/kinds")
    return visit.page("sign_up/sign_up", kind=kind, offer=offer)


def sign_up(visit: Visit) -> Response:
    """Register; the answer does not tell whether the address is known (T18)."""
    email = visit.typed("email")
    visit.do_publicly(
        "identity",
        "register",
        email=email,
        name=visit.typed("name"),
        password=visit.request.form.get("password", ""),
        kind=visit.typed("kind"),
    )
    logins.remember(visit, email)
    return visit.go("/sign-up/sent")


def show_sent(visit: Visit) -> Response:
    """Say where the link is to be found that confirms the address."""
    return visit.page("sign_up/sent", address=visit.cookies.read("address") or "")


def lead_here(visit: Visit) -> Response:
    """Lead from the address that stands in mails."""
    return visit.go("/sign-up")


def _offer(visit: Visit) -> dict[str, Any]:
    """Return what is known from the link that waits; nothing where none does."""
    path = mailed.waiting(visit)
    if not path:
        return {}
    kind, service, method = _OFFERS[path]
    try:
        offered: dict[str, Any] = visit.ask_publicly(
            service, method, token=mailed.token(visit, path)
        )
    except ChassisError:
        return {"kind": kind}
    return {"kind": kind, **offered}


PAGES = (
    get("/sign-up", show_sign_up, who="anybody"),
    post("/sign-up", sign_up, who="anybody", again=show_sign_up),
    get("/sign-up/sent", show_sent, who="anybody"),
    get("/register", lead_here, who="anybody"),
)
