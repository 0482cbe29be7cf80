"""One's own account: name, address, password, logins."""

from werkzeug.wrappers import Response

from gateway.pages import passwords
from gateway.pages.page import get, post
from gateway.visits import Visit

PER_PAGE = 50


def show_account(visit: Visit) -> Response:
    """Show who one is to others, to be changed."""
    return visit.page("account/profile", account=visit.ask("identity", "who_am_i"))


def describe(visit: Visit) -> Response:
    """Take another name or phone number."""
    name, phone = visit.typed("name"), visit.typed("phone") or None
    visit.do("identity", "change_details", name=name, phone=phone)
    visit.renew()
    return visit.go("/account", visit.text("Your account is changed."))


def show_email(visit: Visit) -> Response:
    """Ask for another address."""
    return visit.page("account/email")


def ask_for_email(visit: Visit) -> Response:
    """Have a link mailed to the new address; until it is opened the present one stays (T18)."""
    email = visit.typed("new_email")
    passwords.confirmed(visit, "request_email_change", new_email=email)
    told = visit.text("A link is on its way to %(address)s. Open it to confirm.", address=email)
    return visit.go("/account", told)


def show_logins(visit: Visit) -> Response:
    """Show where one is logged in, and ask for another password, which ends the other logins."""
    found = visit.ask("identity", "list_login_sessions", cursor=visit.cursor, limit=PER_PAGE)
    return visit.page("account/logins", found=found)


def change_password(visit: Visit) -> Response:
    """Take another password; all logins but this one end."""
    new = visit.request.form.get("new_password", "")
    passwords.confirmed(visit, "change_password", new_password=new)
    told = visit.text("You have a new password. All other logins have ended.")
    return visit.go("/account/logins", told)


PAGES = (
    get("/account", show_account, who="people"),
    post("/account", describe, who="people", again=show_account),
    get("/account/email", show_email, who="people"),
    post("/account/email", ask_for_email, who="people", again=show_email),
    get("/account/logins", show_logins, who="people"),
    post("/account/logins", change_password, who="people", again=show_logins),
)
