"""Inviting one or many: the form, what it would do, and doing it."""

from typing import Any

from werkzeug.wrappers import Response

from gateway.pages import firm_words, guests
from gateway.pages.page import get, post
from gateway.pages.people import MANAGERS, require_role, roles
from gateway.visits import Visit

TYPED = ("name", "email", "people", "role", "message")
DRAFT = "draft"  # of an invitation, while licenses are bought for it
LONGEST_DRAFT = 2_500  # a browser keeps 4 kB of a cookie, sealed and in base64
KEPT_SECONDS = 7_200

Fields = dict[str, Any]


def show_form(visit: Visit) -> Response:
    """Ask whom to invite, as what, and with which words (S1-28, S1-30, S1-31)."""
    require_role(visit, MANAGERS)
    typed = _typed(visit)
    if visit.request.method == "GET":
        typed |= visit.cookies.read(DRAFT) or {}
    return visit.page(
        "firm/invite",
        typed=typed,
        several=bool(typed["people"]) or visit.asked("several") == "yes",
        problems=_problems(visit, guests.read(typed)),
        roles=roles(visit),
        words=firm_words,
    )


def check(visit: Visit) -> Response:
    """Show what inviting them would do to licenses, money and who sees whom; nothing is sent."""
    typed = _typed(visit)
    people = guests.read(typed)
    preview = visit.ask(
        "clients", "preview_invitation", people=[one.as_person(typed["role"]) for one in people]
    )
    is_kept = len(str(typed).encode()) <= LONGEST_DRAFT
    if preview["licenses"]["missing"] and is_kept:
        visit.cookies.keep(DRAFT, typed, KEPT_SECONDS)
    return visit.page(
        "firm/invite_check", typed=typed, people=people, preview=preview, is_kept=is_kept,
        words=firm_words,
    )  # fmt: skip


def send(visit: Visit) -> Response:
    """Invite them: all or nobody (S1-25)."""
    typed = _typed(visit)
    message = typed["message"] or None
    people = [one.as_person(typed["role"], message=message) for one in guests.read(typed)]
    sent = visit.do("groups", "invite_members", people=people)["invitations"]
    visit.cookies.forget(DRAFT)
    if len(sent) == 1:
        told = visit.text("The invitation to %(email)s is on its way.", email=sent[0]["email"])
    else:
        told = visit.text("%(number)s invitations are on their way.", number=len(sent))
    return visit.go("/firm", told)


def _typed(visit: Visit) -> Fields:
    return {name: visit.typed(name) for name in TYPED}


def _problems(visit: Visit, people: list[guests.Guest]) -> list[tuple[str, str]]:
    """Return who cannot be invited, and why, in the order of the list."""
    found = []
    for row, guest in enumerate(people):
        wrong = visit.wrong(f"people.{row}.email")
        of_name = visit.wrong(f"people.{row}.name")
        wrong += of_name if guest.name or not of_name else [visit.text("The name is missing.")]
        if wrong:
            found.append((guest.typed, " ".join(wrong)))
    return found


PAGES = (
    get("/firm/invite", show_form),
    post("/firm/invite", check, again=show_form),
    get("/firm/invite/send", show_form),
    post("/firm/invite/send", send, again=show_form),
)
