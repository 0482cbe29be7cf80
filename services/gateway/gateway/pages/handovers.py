"""Clients that changed hands together, and taking that back."""

from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import firm_words
from gateway.pages.page import get, post
from gateway.visits import Visit


def list_handovers(visit: Visit) -> Response:
    """List the firm's handovers, the newest first."""
    found = visit.ask("clients", "list_handovers", cursor=visit.cursor, limit=50)
    return visit.page("firm/handovers", found=found, words=firm_words)


def show_handover(visit: Visit, handover_id: UUID) -> Response:
    """Show which clients went from whom to whom."""
    found = visit.ask(
        "clients", "get_handover", handover_id=str(handover_id),
        cursor=visit.cursor, limit=100,
    )  # fmt: skip
    return visit.page("firm/handover", found=found, words=firm_words)


def undo(visit: Visit, handover_id: UUID) -> Response:
    """Give each client that is still where it was put back to whose it was (Q14)."""
    done = visit.do("clients", "undo_handover", handover_id=str(handover_id))
    told = visit.text(
        "Clients that went back: %(back)s. Clients that stayed: %(stayed)s.",
        back=len(done["items"]),
        stayed=len(done["skipped"]),
    )
    return visit.go(f"/handovers/{done['handover_id'] or handover_id}", told)


PAGES = (
    get("/handovers", list_handovers),
    get("/handovers/<uuid:handover_id>", show_handover),
    post("/handovers/<uuid:handover_id>/undo", undo, again=show_handover),
)
