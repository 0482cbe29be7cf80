"""One member of the firm: what they are in it, another role, and billing that changes hands."""

from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages import firm_words
from gateway.pages.page import get, post
from gateway.pages.people import MANAGERS, find_person, members_of, read_firm, require_role, roles
from gateway.visits import Visit

BILLING = "billing_only"


def show_member(visit: Visit, member_id: UUID) -> Response:
    """Show who this is, and what the reader may change about it."""
    firm = read_firm(visit)
    person = find_person(firm, "member_id", member_id)
    return visit.page(
        "firm/member", firm=firm, person=person, roles=roles(visit, person["role"]),
        asked=visit.asked("role"), words=firm_words,
    )  # fmt: skip


def show_role(visit: Visit, member_id: UUID) -> Response:
    """Show what another role would do to licenses, money and what the member sees (S1-72)."""
    role = visit.typed("role") or visit.asked("role")
    person = find_person(read_firm(visit), "member_id", member_id)
    preview = visit.ask("clients", "preview_role_change", member_id=str(member_id), role=role)
    return visit.page(
        "firm/member_role", person=person, preview=preview, role=role, words=firm_words
    )


def change_role(visit: Visit, member_id: UUID) -> Response:
    """Make the member something else (S1-68..70)."""
    changed = visit.do("groups", "change_role", member_id=str(member_id), role=visit.typed("role"))
    role = visit.text(firm_words.ROLES[changed["role"]])
    told = visit.text("%(name)s is now: %(role)s.", name=changed["name"], role=role)
    return visit.go("/firm", told)


def show_billing(visit: Visit, member_id: UUID) -> Response:
    """Ask who takes over billing from a billing-only member, and what that one becomes (S1-70)."""
    require_role(visit, MANAGERS)
    firm = read_firm(visit)
    takers = [one for one in members_of(firm) if one["role"] != BILLING]
    return visit.page(
        "firm/billing_from",
        person=find_person(firm, "member_id", member_id),
        takers=[(one["member_id"], one["name"]) for one in takers],
        roles=roles(visit, BILLING),
        to=visit.asked("to"),
        role=visit.asked("role"),
        words=firm_words,
    )


def show_handover(visit: Visit, member_id: UUID) -> Response:
    """Show what handing billing over would do: the new one sees no clients any more."""
    to = visit.typed("to") or visit.asked("to")
    preview = visit.ask("clients", "preview_role_change", member_id=to, role=BILLING)
    firm = read_firm(visit)
    return visit.page(
        "firm/billing_check",
        giver=find_person(firm, "member_id", member_id),
        taker=find_person(firm, "member_id", UUID(to)),
        role=visit.typed("role") or visit.asked("role"),
        preview=preview,
        words=firm_words,
    )


def hand_over_billing(visit: Visit, member_id: UUID) -> Response:
    """Put somebody else in charge of billing (S1-70)."""
    done = visit.do(
        "groups",
        "hand_over_billing",
        from_member_id=str(member_id),
        to_member_id=visit.typed("to"),
        from_role=visit.typed("role"),
    )
    told = visit.text("%(name)s is in charge of billing now.", name=done["to_member"]["name"])
    return visit.go("/firm", told)


PAGES = (
    get("/firm/members/<uuid:member_id>", show_member),
    get("/firm/members/<uuid:member_id>/role", show_role, again=show_member),
    post("/firm/members/<uuid:member_id>/role", change_role, again=show_member),
    get("/firm/members/<uuid:member_id>/billing", show_billing),
    get("/firm/members/<uuid:member_id>/billing/check", show_handover, again=show_billing),
    post("/firm/members/<uuid:member_id>/billing/check", hand_over_billing, again=show_billing),
)
