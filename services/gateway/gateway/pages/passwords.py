"""Passwords: one that is forgotten, and the present one where it is asked for."""

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Response

from chassis.errors import BadRequest, ChassisError
from gateway import mailed
from gateway.pages import logins
from gateway.pages.page import get, post
from gateway.visits import Visit
from gateway.words import N_

RESET = "/reset-password"
_WRONG = N_("This is not the password.")


class PasswordWrong(BadRequest):
    """The password is not the account's; the login goes on."""

    code = "password_wrong"


def confirmed(visit: Visit, method: str, **fields: Any) -> Any:
    """Return identity's answer to a command of the reader that takes their present password.

    Raises PasswordWrong, and what else identity refuses.
    """
    return _with_password(visit.do, visit, "current_password", method, fields)


def by_mail(visit: Visit, method: str, path: str) -> Any:
    """Return identity's answer to a mailed link with the password that goes with it.

    Raises as ``confirmed`` does.
    """
    fields = {"token": mailed.token(visit, path)}
    return _with_password(visit.do_publicly, visit, "password", method, fields)


def set_anew(visit: Visit, method: str, path: str) -> str:
    """Have a mailed link set a new password, and say whose the account is; return the password."""
    password = str(visit.request.form.get("new_password", ""))
    visit.do_publicly(
        "identity",
        method,
        token=mailed.token(visit, path),
        new_password=password,
        kind=visit.typed("kind") or None,
        name=visit.typed("name") or None,
    )
    mailed.drop(visit, path)
    return password


def _with_password(
    ask: Callable[..., Any], visit: Visit, field: str, method: str, fields: dict[str, Any]
) -> Any:
    typed = {field: visit.request.form.get(field, "")}
    try:
        return ask("identity", method, **typed, **fields)
    except ChassisError as error:
        if error.code != "email_or_password_wrong":
            raise
        raise PasswordWrong(fields={field: [_WRONG]}) from error


def show_forgotten(visit: Visit) -> Response:
    """Ask for the address whose password is forgotten."""
    known = visit.session.email if visit.session else visit.cookies.read("address")
    return visit.page("passwords/forgotten", address=known or "")


def ask_for_link(visit: Visit) -> Response:
    """Have a link mailed; the answer does not tell whether there is an account (T18)."""
    email = visit.typed("email")
    visit.do_publicly("identity", "request_password_reset", email=email)
    logins.remember(visit, email)
    return visit.go("/forgot-password/sent")


def show_sent(visit: Visit) -> Response:
    """Say where the link is to be found."""
    return visit.page("passwords/sent", address=visit.cookies.read("address") or "")


def show_reset(visit: Visit) -> Response:
    """Ask for a new password; whose the account is, too, where nobody has proven the address."""
    if way := mailed.take(visit):
        return way
    is_open = mailed.is_open(visit, RESET)
    return visit.page("passwords/reset", is_open=is_open, dead=mailed.is_dead(visit))


def reset(visit: Visit) -> Response:
    """Set the password with the mailed token, and log in where the address is known here."""
    logins.begin_if_known(visit, set_anew(visit, "reset_password", RESET))
    return logins.go_on(visit, notice=visit.text("You have a new password."))


PAGES = (
    get("/forgot-password", show_forgotten, who="anybody"),
    post("/forgot-password", ask_for_link, who="anybody", again=show_forgotten),
    get("/forgot-password/sent", show_sent, who="anybody"),
    get(RESET, show_reset, who="anybody"),
    post(RESET, reset, who="anybody", again=show_reset),
)
