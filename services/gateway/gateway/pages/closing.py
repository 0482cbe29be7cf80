"""The end of an account: for good, or to begin anew as the other kind."""

from typing import Any

from werkzeug.wrappers import Response

from chassis.errors import BadRequest
from gateway.pages import logins, passwords
from gateway.pages.page import get, post
from gateway.visits import Visit
from gateway.words import N_

OTHER = {"professional": "client", "client": "professional"}
_NOT_TICKED = N_("Please tick this if you have read what ends.")


def show_choices(visit: Visit) -> Response:
    """Offer what ends an account."""
    return visit.page("account/end")


def show_kind(visit: Visit) -> Response:
    """Show what ends when one begins anew as the other kind, and ask for it."""
    return visit.page("account/kind", ends=_ends(visit), kind=_other_kind(visit))


def change_kind(visit: Visit) -> Response:
    """Begin anew as the other kind, and log in to that account."""
    _require_read(visit)
    account = passwords.confirmed(visit, "change_kind", kind=_other_kind(visit))
    visit.end()
    logins.try_to_begin(visit, account["email"], visit.request.form.get("current_password", ""))
    return logins.go_on(visit, notice=visit.text("You begin anew."))


def show_close(visit: Visit) -> Response:
    """Show what ends with the account, and ask for it."""
    return visit.page("account/close", ends=_ends(visit))


def close(visit: Visit) -> Response:
    """End the account for good."""
    _require_read(visit)
    passwords.confirmed(visit, "close_account")
    visit.end()
    return visit.go("/log-in", visit.text("Your account is closed."))


def _ends(visit: Visit) -> Any:
    return visit.ask("clients", "preview_closing")


def _other_kind(visit: Visit) -> str:
    return OTHER[visit.kind or ""]


def _require_read(visit: Visit) -> None:
    """Raise BadRequest unless the reader says that they have read what ends."""
    if not visit.typed("read"):
        raise BadRequest(fields={"read": [_NOT_TICKED]})


PAGES = (
    get("/account/end", show_choices, who="people"),
    get("/account/kind", show_kind, who="people"),
    post("/account/kind", change_kind, who="people", again=show_kind),
    get("/account/close", show_close, who="people"),
    post("/account/close", close, who="people", again=show_close),
)
