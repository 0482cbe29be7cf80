"""An invitation to a firm, as whoever holds its link sees it: the offer, and joining by it."""

from typing import Any

from werkzeug.wrappers import Response

from chassis.errors import ChassisError, Unauthenticated
from gateway import mailed
from gateway.pages import roles
from gateway.pages.page import get, post
from gateway.visits import Visit

PATH = "/invitations"


def show_invitation(visit: Visit) -> Response:
    """Show who invites to what, what joining does, and what stands in its way."""
    if way := mailed.take(visit):
        return way
    if not mailed.is_open(visit, PATH):
        return visit.page("invitations/no_link")
    offer = mailed.offer(visit, PATH, "groups", "open_invitation")
    preview = _preview(visit) if offer and visit.refusal is None else None
    shown = {"offer": offer, "preview": preview, "roles": roles.in_words(visit.text)}
    return visit.page("invitations/invitation", **shown)


def accept(visit: Visit) -> Response:
    """Join the firm with the account that is logged in (S1-35)."""
    visit.do("groups", "accept_invitation", token=mailed.token(visit, PATH))
    mailed.drop(visit, PATH)
    return visit.go("/firm", visit.text("Welcome! You are a member of the firm now."))


def _preview(visit: Visit) -> Any:
    """Return what joining would do; None, and the refusal, where this account cannot join.

    The second question of this page: the offer is groups', what joining moves is clients'.
    """
    if visit.kind != "professional" or not (visit.session and visit.session.verified):
        return None
    try:
        return visit.ask("clients", "preview_joining", token=mailed.token(visit, PATH))
    except Unauthenticated:
        raise
    except ChassisError as error:
        visit.refusal = error
        return None


PAGES = (
    get(PATH, show_invitation, who="anybody"),
    post(PATH, accept, who="people", again=show_invitation),
)
