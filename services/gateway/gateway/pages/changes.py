"""What clients have changed: the bell, and that of one client (S1-78..85)."""

from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import entry_words
from gateway.pages.page import get, post
from gateway.visits import Visit

PER_PAGE = 50


def show_bell(visit: Visit) -> Response:
    """Show what all of the reader's own clients have changed, the newest first."""
    found = visit.ask("notifications", "list_bell", cursor=visit.cursor, limit=PER_PAGE)
    return visit.page("clients/bell", found=found, words=entry_words)


def show_changes(visit: Visit, client_id: UUID) -> Response:
    """Show what one client has changed, the newest first (S1-84, S1-85)."""
    found = visit.ask(
        "notifications",
        "list_changes",
        client_id=str(client_id),
        cursor=visit.cursor,
        limit=PER_PAGE,
    )
    # With a script the page says by itself that it is being read, but only once.
    says_so = visit.asked("seen") == ""
    return visit.page(
        "clients/changes", found=found, client_id=client_id, says_so=says_so, words=entry_words
    )


def mark_seen(visit: Visit, client_id: UUID) -> Response:
    """Take away the reader's mark: they have looked at what the client changed."""
    visit.do("notifications", "open_changes", client_id=str(client_id))
    return visit.go(f"/clients/{client_id}/changes?seen=1", visit.text("Marked as seen."))


PAGES = (
    get("/bell", show_bell),
    get("/clients/<uuid:client_id>/changes", show_changes),
    post("/clients/<uuid:client_id>/changes", mark_seen, again=show_changes),
)
