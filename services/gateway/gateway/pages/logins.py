"""Logging in and out."""

from contextlib import suppress
from urllib.parse import quote, urlsplit

from werkzeug.wrappers import Response

from chassis.errors import ChassisError
from gateway import mailed
from gateway.pages.page import get, post
from gateway.visits import Visit

VERIFY = "/verify-email"
HOME = {"professional": "/clients", "client": "/portal"}
DEVICE_KEPT = 400 * 86_400  # seconds; browsers keep no cookie longer
ADDRESS_KEPT = 3 * 86_400


def open_start(visit: Visit) -> Response:
    """Lead to the reader's first page, or to the login."""
    return visit.go(home(visit))


def home(visit: Visit) -> str:
    """Return the first page of this reader; who is billing-only has none of clients (S1-66)."""
    if visit.bell["role"] == "billing_only":
        return "/firm"
    return HOME.get(visit.kind or "", "/log-in")


def show_login(visit: Visit) -> Response:
    """Ask for address and password."""
    address = visit.cookies.read("address") or ""
    wanted = visit.asked("next") or visit.typed("next")
    return visit.page("logins/log_in", next=wanted, address=address)


def log_in(visit: Visit) -> Response:
    """Begin a login, and go where the reader wanted to be."""
    begin(visit, visit.typed("email"), visit.request.form.get("password", ""))
    return go_on(visit, visit.typed("next"))


def log_out(visit: Visit) -> Response:
    """End the login here and at identity; a link that waits goes with it, but for another login."""
    if visit.session is not None:
        visit.do("identity", "log_out")
    visit.end()
    wanted = own_path(visit.typed("next"))
    if not wanted:
        for path in mailed.LED_BACK_TO:
            mailed.drop(visit, path)
        visit.cookies.forget("address")
    return visit.go(wanted or "/log-in", visit.text("You are logged out."))


def begin(visit: Visit, email: str, password: str) -> None:
    """Log in; the login that this browser had before ends. Raises what identity refuses."""
    login = visit.do_publicly(
        "identity",
        "log_in",
        email=email,
        password=password,
        device_token=visit.cookies.read("device"),
    )
    if visit.session is not None:
        with suppress(ChassisError):
            visit.do("identity", "log_out")
    visit.begin(login)
    visit.cookies.keep("device", login["device_token"], DEVICE_KEPT)
    visit.cookies.forget("address")


def begin_if_known(visit: Visit, password: str) -> None:
    """Log in whoever has just shown the password, where this browser knows their address."""
    known = visit.cookies.read("address") or (visit.session and visit.session.email)
    if known:
        try_to_begin(visit, known, password)


def try_to_begin(visit: Visit, email: str, password: str) -> None:
    """Log in if identity lets the reader in; else they log in themselves."""
    with suppress(ChassisError):
        begin(visit, email, password)


def remember(visit: Visit, email: str) -> None:
    """Have this browser know for a while which address it is about."""
    visit.cookies.keep("address", email, ADDRESS_KEPT)


def go_on(visit: Visit, wanted: str = "", notice: str = "") -> Response:
    """Go where the reader wanted to be, to the link they had opened, or to their first page.

    Who has not confirmed their address is asked to, on the way.
    """
    if visit.session is None:
        return visit.go("/log-in", notice)
    path = own_path(wanted) or mailed.waiting(visit)
    if visit.session.verified:
        return visit.go(path or home(visit), notice)
    return visit.go(with_next(VERIFY, "" if path.startswith(VERIFY) else path), notice)


def with_next(path: str, wanted: str) -> str:
    """Return the address of a page that leads on to ``wanted`` afterwards, if that is anything."""
    return f"{path}?next={quote(wanted, safe='')}" if wanted else path


def own_path(wanted: str) -> str:
    """Return the path if it is one of ours, else nothing: no other site is led to."""
    parts = urlsplit(wanted.replace("\\", "/"))
    is_own = not parts.scheme and not parts.netloc and wanted.startswith("/")
    return wanted if is_own and not wanted.startswith("//") and wanted.isprintable() else ""


PAGES = (
    get("/", open_start, who="anybody"),
    get("/log-in", show_login, who="anybody"),
    post("/log-in", log_in, who="anybody", again=show_login),
    post("/log-out", log_out, who="anybody"),
)
