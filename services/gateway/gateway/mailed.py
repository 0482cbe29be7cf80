"""Mailed links: the token leaves the address at once, and is kept sealed until it is used.

Opening a link spends nothing, since mail scanners open links, too.
"""

from typing import Any

from werkzeug.wrappers import Response

from chassis.errors import ChassisError, Unauthenticated
from gateway.visits import Visit

KEPT = 86_400  # seconds a browser keeps a token
LED_BACK_TO = ("/invitations", "/connections")
NOWHERE = "-"  # a token that nobody has
DEAD = frozenset(
    {
        "link_not_found",
        "link_expired",
        "link_used",
        "link_revoked",
        "email_already_verified",
        "email_taken",
    }
)


def take(visit: Visit) -> Response | None:
    """Return the way to the same page without the token; None where the address carries none."""
    token = visit.asked("token")
    if not token:
        return None
    path = visit.request.path
    visit.cookies.keep(_cookie(path), {"token": token, "waits": path in LED_BACK_TO}, KEPT)
    return visit.go(path)


def token(visit: Visit, path: str) -> str:
    """Return the token of the link to that path that was opened last in this browser.

    Where none was, it is NOWHERE, of which each service says that there is no such link.
    """
    kept = visit.cookies.read(_cookie(path))
    return str(kept["token"]) if kept else NOWHERE


def is_open(visit: Visit, path: str) -> bool:
    """Return whether a link to that path was opened in this browser."""
    return token(visit, path) != NOWHERE


def offer(visit: Visit, path: str, service: str, method: str) -> Any:
    """Return what the link offers, as its service says; None, and the refusal, where it is over."""
    ask = visit.ask if visit.session else visit.ask_publicly
    try:
        return ask(service, method, token=token(visit, path))
    except Unauthenticated:
        raise
    except ChassisError as error:
        visit.refusal = error
        settle(visit, path)
        return None


def is_dead(visit: Visit) -> bool:
    """Return whether the form was refused because its link does nothing any more."""
    return visit.refusal is not None and visit.refusal.code in DEAD


def drop(visit: Visit, path: str) -> None:
    """Forget the token: it has been used, or is somebody else's."""
    visit.cookies.forget(_cookie(path))


def settle(visit: Visit, path: str) -> None:
    """Lead nobody back to this link any more: there is nothing left to decide."""
    kept = visit.cookies.read(_cookie(path))
    if kept and kept["waits"]:
        visit.cookies.keep(_cookie(path), kept | {"waits": False}, KEPT)


def waiting(visit: Visit) -> str:
    """Return the page of an opened link that waits for an answer; nothing where none does."""
    for path in LED_BACK_TO:
        kept = visit.cookies.read(_cookie(path))
        if kept and kept["waits"]:
            return path
    return ""


def _cookie(path: str) -> str:
    return f"link{path.replace('/', '-')}"
