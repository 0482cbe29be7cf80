"""Logging in and out."""

from urllib.parse import urlsplit

from werkzeug.wrappers import Response

from gateway.pages.page import get, post
from gateway.visits import Visit

HOME = {"professional": "/clients", "client": "/portal"}


def open_start(visit: Visit) -> Response:
    """Lead to the reader's first page, or to the login."""
    return visit.go(HOME.get(visit.kind or "", "/log-in"))


def show_login(visit: Visit) -> Response:
    """Ask for address and password."""
    return visit.page("logins/log_in", next=visit.asked("next") or visit.typed("next"))


def log_in(visit: Visit) -> Response:
    """Begin a login, and go where the reader wanted to be."""
    device = visit.cookies.read("device")
    login = visit.do_publicly(
        "identity",
        "log_in",
        email=visit.typed("email"),
        password=visit.request.form.get("password", ""),
        device_token=device,
    )
    visit.begin(login)
    visit.cookies.keep("device", login["device_token"], seconds=400 * 86_400)
    return visit.go(own_path(visit.typed("next")) or HOME[login["account"]["kind"]])


def log_out(visit: Visit) -> Response:
    """End the login here and at identity."""
    if visit.session is not None:
        visit.do("identity", "log_out")
    visit.end()
    return visit.go("/log-in", visit.text("You are logged out."))


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
