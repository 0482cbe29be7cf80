"""Confirming an address: one's own after signing up, and another that it is to be."""

from werkzeug.wrappers import Response

from gateway import mailed
from gateway.pages import logins, passwords
from gateway.pages.logins import VERIFY
from gateway.pages.page import get, post
from gateway.visits import Visit

ANEW = "/verify-email/anew"
CHANGE = "/change-email"


def show_verify(visit: Visit) -> Response:
    """Ask for the password that the mailed link goes with; without a link, how to get one."""
    if way := mailed.take(visit):
        return way
    if mailed.is_open(visit, VERIFY):
        return visit.page("verifying/verify", dead=mailed.is_dead(visit))
    if visit.session is None:
        return visit.page("verifying/no_link")
    wanted = logins.own_path(visit.asked("next") or visit.typed("next"))
    if _has_verified(visit):
        return logins.go_on(visit, wanted)
    return visit.page("verifying/look_into_mailbox", next=wanted)


def _has_verified(visit: Visit) -> bool:
    """Return whether the reader's address is confirmed, perhaps in another browser."""
    if visit.session is not None and visit.session.verified:
        return True
    confirmed: bool = visit.ask("identity", "who_am_i")["email_verified"]
    if confirmed:
        visit.renew()
    return confirmed


def verify(visit: Visit) -> Response:
    """Confirm the address, by the password that was chosen with it (0029)."""
    passwords.by_mail(visit, "verify_email", VERIFY)
    mailed.drop(visit, VERIFY)
    return _verified(visit, visit.request.form.get("password", ""))


def show_anew(visit: Visit) -> Response:
    """Ask whoever reads the mailbox, and has not that password, whose the account is."""
    if not mailed.is_open(visit, VERIFY):
        return visit.page("verifying/no_link")
    return visit.page("verifying/anew", dead=mailed.is_dead(visit))


def verify_anew(visit: Visit) -> Response:
    """Confirm the address and begin anew: what was signed up with it before ends (0029)."""
    return _verified(visit, passwords.set_anew(visit, "verify_email", VERIFY))


def resend(visit: Visit) -> Response:
    """Have the link mailed once more."""
    visit.do("identity", "resend_verification")
    mailed.drop(visit, VERIFY)
    wanted = logins.own_path(visit.typed("next"))
    return visit.go(
        logins.with_next(VERIFY, wanted), visit.text("The link is on its way once more.")
    )


def show_change(visit: Visit) -> Response:
    """Ask for the password that confirms the new address."""
    if way := mailed.take(visit):
        return way
    is_open = mailed.is_open(visit, CHANGE)
    return visit.page("verifying/change", is_open=is_open, dead=mailed.is_dead(visit))


def change(visit: Visit) -> Response:
    """Move the account to the address that the link was mailed to."""
    passwords.by_mail(visit, "confirm_email_change", CHANGE)
    mailed.drop(visit, CHANGE)
    notice = visit.text("Your account has its new address.")
    if visit.session is None:
        return visit.go("/log-in", notice)
    visit.renew()
    return visit.go("/account", notice)


def _verified(visit: Visit, password: str) -> Response:
    logins.begin_if_known(visit, password)
    return logins.go_on(visit, notice=visit.text("Your address is confirmed."))


PAGES = (
    get(VERIFY, show_verify, who="anybody"),
    post(VERIFY, verify, who="anybody", again=show_verify),
    get(ANEW, show_anew, who="anybody"),
    post(ANEW, verify_anew, who="anybody", again=show_anew),
    post("/verify-email/resend", resend, who="people", again=show_verify),
    get(CHANGE, show_change, who="anybody"),
    post(CHANGE, change, who="anybody", again=show_change),
)
