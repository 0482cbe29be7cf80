"""The WSGI application: each request to its page, and each refusal to its answer."""

import logging
import time
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException, RequestTimeout
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from chassis.bounds import MAX_BODY
from chassis.config import Configuration
from chassis.errors import ChassisError, Forbidden, Internal, RateLimited, Unauthenticated
from chassis.keys import Keyring
from chassis.web import ServiceCall
from gateway import navigation
from gateway.api import problems
from gateway.api.application import Api
from gateway.assets import PREFIX, Assets
from gateway.cookies import Cookies
from gateway.pace import Pace, PacedCall
from gateway.pages import table
from gateway.pages.mails import MailFolder, mail_folder
from gateway.pages.page import Page
from gateway.peers import peer
from gateway.rendering import Renderer
from gateway.safety import Hosts, refuse_cross_site, secured
from gateway.sessions import CookieSealer
from gateway.streams import Streams
from gateway.visits import Visit

log = logging.getLogger(__name__)


def build(call: ServiceCall, configuration: Configuration) -> "Gateway":
    """Return the application of one process."""
    section = configuration.service("gateway")
    written = _parts(section["cookie_keys"])
    keyring = Keyring(configuration.get("keys.directory"))
    secrets = [part.encode() for part in written] or [keyring.secret("gateway")]
    folder = mail_folder(configuration)
    return Gateway(
        call,
        CookieSealer(secrets),
        Hosts(str(configuration.get("public_url"))),
        _parts(section["proxies"]),
        MailFolder(folder) if folder else None,
    )


def _parts(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


class Gateway:
    """Pages for people; a request that fits no page is answered as a page, too."""

    def __init__(
        self,
        call: ServiceCall,
        sealer: CookieSealer,
        hosts: Hosts,
        proxies: Collection[str] = (),
        mails: MailFolder | None = None,
    ) -> None:
        self._call = call
        self._proxies = proxies
        self._pace = Pace()
        self._sealer = sealer
        self._hosts = hosts
        self._api = Api()
        self._streams = Streams()
        self._assets = Assets()
        self._renderer = Renderer(self._assets, mails_here=mails is not None)
        pages = (*table.PAGES, *(mails.pages if mails else ()))
        self._pages = Map(
            [Rule(page.path, methods=[page.verb], endpoint=page) for page in pages],
            strict_slashes=False,
        )

    def hear(self, news: Mapping[str, Any]) -> None:
        """Have the pages that the news are about ask again."""
        self._streams.hear(news)

    def close(self) -> None:
        """End every open stream, so that the process can."""
        self._streams.close()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        began = time.perf_counter()
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = MAX_BODY
        response = secured(self._answered(request), is_secure=self._hosts.is_secure)
        took = (time.perf_counter() - began) * 1000
        log.info("%s %s %s %.0f ms", request.method, request.path, response.status_code, took)
        answered: Iterable[bytes] = response(environ, start)
        return answered

    def _answered(self, request: Request) -> Response:
        try:
            self._hosts.require(request)
            if request.path.startswith(PREFIX):
                return self._assets.response(request.path.removeprefix(PREFIX))
            call = self._paced(request)
            if request.path.startswith("/api/v"):
                return self._api.answer(request, call)
            refuse_cross_site(request)
        except HTTPException as error:
            return _plain(error)
        except RateLimited as error:
            return problems.of_refusal(error)
        cookies = Cookies(request, self._sealer, is_secure=self._hosts.is_secure)
        visit = Visit(request, call, cookies, self._renderer, self._streams)
        response = self._page(visit)
        cookies.put(response)
        return response

    def _paced(self, request: Request) -> PacedCall:
        """Return the way to the services for whoever asks. Raises RateLimited."""
        who = peer(request, self._proxies)
        self._pace.count("any", who)
        return PacedCall(self._call, self._pace, who)

    def _page(self, visit: Visit) -> Response:
        """Return the page; a login that is over ends here, also where only the head asked."""
        try:
            return self._page_or_problem(visit)
        except Unauthenticated:
            visit.end()
            return _to_login(visit)

    def _page_or_problem(self, visit: Visit) -> Response:
        try:
            page, values = self._pages.bind_to_environ(visit.request.environ).match()
            return _shown(visit, page, values)
        except Unauthenticated:
            raise
        except ChassisError as error:
            visit.refusal = error
        except NoSuchPage:
            return visit.page("problem", 404, title=visit.text("There is no such page"))
        except HTTPException as error:
            return _plain(error)
        except TimeoutError:  # the form did not come in time
            return _plain(RequestTimeout())
        except Exception:
            log.exception("a page failed (%s)", visit.call_id)
            visit.refusal = Internal()
        return visit.page("problem", title=visit.refused)


def _shown(visit: Visit, page: Page, values: dict[str, Any]) -> Response:
    """Return the page's answer; a form that is refused is shown again with what was typed."""
    if page.who != "anybody":
        visit.keep_up()
    if not page.admits(visit.kind):
        raise Unauthenticated("log in first") if visit.kind is None else Forbidden()
    if page.is_of_work and not navigation.is_open(visit.bell["role"], page.path):
        raise Forbidden("billing-only members see settings, the firm and bills")
    try:
        return page.answer(visit, **values)
    except ChassisError as error:
        login_is_over = isinstance(error, Unauthenticated) and page.who != "anybody"
        if page.again is None or login_is_over:
            raise
        visit.refusal = error
        return page.again(visit, **values)


def _to_login(visit: Visit) -> Response:
    """Send a reader who is not logged in to where they can be, and back after it."""
    request = visit.request
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    path = f"/log-in?next={quote(wanted, safe='')}" if wanted not in ("", "/") else "/log-in"
    if request.headers.get("HX-Request"):
        return Response("", 200, {"HX-Redirect": path})
    return visit.go(path)


def _plain(error: HTTPException) -> Response:
    """Return what is said to a program that does not keep to HTTP, or to our limits."""
    response = Response(f"{error.description or error.name}\n", error.code or 500)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response
