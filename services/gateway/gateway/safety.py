"""What every request has to pass and every answer carries, whatever page or route it is."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from chassis.config.checks import is_loopback

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
SECURE_FOR = "max-age=31536000; includeSubDomains"


class CrossSite(HTTPException):
    """The request was made by a page of another site."""

    code = 403
    description = "This request came from another site."


class WrongHost(HTTPException):
    """The request names a host that this is not."""

    code = 421
    description = "This address does not serve that host."


class Hosts:
    """The names by which people reach this gateway: the public one, and here the machine's own."""

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        self.is_secure = parts.scheme == "https"
        self._public = parts.netloc.lower()
        self._is_local = is_loopback(parts.hostname)

    def require(self, request: Request) -> None:
        """Raise WrongHost unless the request's Host is one of ours."""
        host = request.environ.get("HTTP_HOST", "").lower()
        if host == self._public:
            return
        if not (self._is_local and _is_plain(host) and is_loopback(_name(host))):
            raise WrongHost


def refuse_cross_site(request: Request) -> None:
    """Raise CrossSite for a change that another site's page asks for.

    Browsers say it by fetch metadata, older ones by Origin; other programs send neither, and have
    no cookie that somebody else could use.
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site in ("same-origin", "none"):
        return
    if site is None and (origin is None or urlsplit(origin).netloc == request.host):
        return
    raise CrossSite


def secured(response: Response, *, is_secure: bool) -> Response:
    """Return the response with the headers of every answer, where it has none of its own."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if is_secure:
        response.headers.setdefault("Strict-Transport-Security", SECURE_FOR)
    return response


def _is_plain(host: str) -> bool:
    return bool(host) and not set(host) & set("@/\\?# ")


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or "-"
