"""One invitation of the firm's: how far it got, sending it again, another role, taking it back."""

from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import firm_words
from gateway.pages.page import get, post
from gateway.pages.people import MANAGERS, find_person, read_firm, require_role, roles
from gateway.visits import Visit


def show_invitation(visit: Visit, invitation_id: UUID) -> Response:
    """Show who is invited as what, until when, and what became of each mail."""
    require_role(visit, MANAGERS)
    person = find_person(read_firm(visit), "invitation_id", invitation_id)
    mails = visit.ask("notifications", "list_mails", about=str(invitation_id), limit=20)
    return visit.page(
        "firm/invitation", person=person, mails=mails["items"], roles=roles(visit), words=firm_words
    )


def resend(visit: Visit, invitation_id: UUID) -> Response:
    """Mail it again, with a new link and the whole time."""
    sent = visit.do("groups", "resend_invitation", invitation_id=str(invitation_id))
    told = visit.text(
        "Sent again to %(email)s; the older link does not work any more.", email=sent["email"]
    )
    return visit.go(f"/firm/invitations/{invitation_id}", told)


def offer_role(visit: Visit, invitation_id: UUID) -> Response:
    """Offer another role; the link stays the same."""
    offered = visit.do(
        "groups",
        "change_invitation_role",
        invitation_id=str(invitation_id),
        role=visit.typed("role"),
    )
    role = visit.text(firm_words.ROLES[offered["role"]])
    told = visit.text("%(name)s is invited as: %(role)s.", name=offered["name"], role=role)
    return visit.go(f"/firm/invitations/{invitation_id}", told)


def show_cancelling(visit: Visit, invitation_id: UUID) -> Response:
    """Ask whether to take it back."""
    require_role(visit, MANAGERS)
    person = find_person(read_firm(visit), "invitation_id", invitation_id)
    return visit.page("firm/invitation_cancel", person=person)


def cancel(visit: Visit, invitation_id: UUID) -> Response:
    """Take it back; its license is free again (S1-42, S1-43)."""
    gone = visit.do("groups", "cancel_invitation", invitation_id=str(invitation_id))
    told = visit.text("The invitation to %(email)s is cancelled.", email=gone["email"])
    return visit.go("/firm", told)


PAGES = (
    get("/firm/invitations/<uuid:invitation_id>", show_invitation),
    post("/firm/invitations/<uuid:invitation_id>/resend", resend, again=show_invitation),
    post("/firm/invitations/<uuid:invitation_id>/role", offer_role, again=show_invitation),
    get("/firm/invitations/<uuid:invitation_id>/cancel", show_cancelling),
    post("/firm/invitations/<uuid:invitation_id>/cancel", cancel, again=show_cancelling),
)
