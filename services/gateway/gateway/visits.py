"""One request of a person: who it is, what they typed, and the ways to answer."""

import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from chassis.errors import ChassisError, Unauthenticated
from chassis.ids import uuid7
from chassis.web import ServiceCall
from gateway import languages, navigation, refusal_words
from gateway.cookies import Cookies
from gateway.formats import Formats, zone
from gateway.refusals import retry_after, status_of, told_wait
from gateway.rendering import Renderer
from gateway.sessions import Session
from gateway.streams import Streams
from gateway.typed import Typed

_NO_BELL: Mapping[str, Any] = {"unseen": 0, "member_id": None, "role": None}

# Whoever comes here holds a mailed link, and need not be anybody's member.
LINKED_PATHS = frozenset({"/invitations", "/connections"})


class Visit(Typed):
    """What a page's function is given.

    ``refusal`` is what a service said to a form that is shown once more.
    """

    def __init__(
        self,
        request: Request,
        call: ServiceCall,
        cookies: Cookies,
        renderer: Renderer,
        streams: Streams,
    ) -> None:
        self.request = request
        self.cookies = cookies
        self.streams = streams
        self.refusal: ChassisError | None = None
        self.call_id = f"gateway.{uuid7()}"
        self._call = call
        self._renderer = renderer
        self._session = Session.kept(cookies.read("session"))

    # who it is

    @property
    def session(self) -> Session | None:
        """The reader's login, if they are logged in."""
        return self._session

    @property
    def kind(self) -> str | None:
        """``professional``, ``client``, or None for nobody we know."""
        return self._session.kind if self._session else None

    @cached_property
    def language(self) -> str:
        """The language that this reader reads."""
        return languages.wanted(
            self.request.cookies.get("language", ""), self.request.accept_languages
        )

    @cached_property
    def formats(self) -> Formats:
        """How this reader writes times and money."""
        return Formats(self.language, zone(self.request.cookies.get("zone", "")))

    @cached_property
    def bell(self) -> Mapping[str, Any]:
        """What the head of every page shows: ``unseen``, the reader's ``member_id`` and ``role``.

        A service that does not answer keeps nobody from a page.
        """
        if self.kind != "professional":
            return _NO_BELL
        try:
            answer: dict[str, Any] = self.ask("notifications", "get_bell")
        except Unauthenticated:
            raise
        except ChassisError:
            return _NO_BELL
        return answer

    @property
    def navigation(self) -> list[navigation.Place]:
        """Where this reader can go."""
        role = self.bell["role"] if self.kind == "professional" else None
        return navigation.places(self.kind, role, self.request.path, self.text)

    @property
    def settings(self) -> str:
        """Where the reader's name leads: their account, and what else they may settle (S1-03)."""
        return "/settings" if self.kind == "professional" else "/account"

    @property
    def has_bell(self) -> bool:
        """Whether clients' changes are this reader's to look at (S1-63)."""
        return self.kind == "professional" and self.bell["role"] != "billing_only"

    @property
    def role(self) -> str | None:
        """What a professional is in their firm; None for others, and while nobody can tell."""
        role: str | None = self.bell["role"]
        return role

    def begin(self, login: dict[str, Any]) -> None:
        """Log the reader in by what identity answered."""
        self._session = Session.begun(login)
        self.cookies.keep("session", vars(self._session))

    def renew(self) -> None:
        """Have the login say what the account is now: its name, address, whether it is proven.

        Raises Unauthenticated where the login is over.
        """
        if self._session is not None:
            self._exchange(self._session)

    def keep_up(self) -> None:
        """Exchange the login where that is due. Raises Unauthenticated where it is over."""
        if self._session is not None and self._session.is_over_at(time.time()):
            self._exchange(self._session)

    def end(self) -> None:
        """Forget the reader's login in this browser."""
        self._session = None
        self.cookies.forget("session")

    # what is asked of the services

    def ask(self, service: str, method: str, **fields: Any) -> Any:
        """Return the answer to a question in the reader's name.

        Raises the kinds of ``chassis.errors``; Unauthenticated without a login.
        """
        return self._as_reader(service, method, fields, None)

    def do(self, service: str, method: str, **fields: Any) -> Any:
        """Return the answer to a command in the reader's name.

        It goes under the form's key, so that one that is sent twice is done once. Raises as
        ``ask`` does.
        """
        return self._as_reader(service, method, fields, self.key)

    def do_publicly(self, service: str, method: str, **fields: Any) -> Any:
        """Return the answer to a command that needs no login; raises as ``ask`` does."""
        return self._call(service, method, fields, key=self.key, call_id=self.call_id)

    def ask_publicly(self, service: str, method: str, **fields: Any) -> Any:
        """Return the answer to a question that needs no login; raises as ``ask`` does."""
        return self._call(service, method, fields, call_id=self.call_id)

    @property
    def key(self) -> str:
        """The idempotency key of the form, made when it was shown; a fresh one without."""
        typed = self.request.form.get("key", "")
        fits = 0 < len(typed) <= 100 and typed.isascii() and typed.isprintable()
        return typed if fits else str(uuid7())

    def _as_reader(self, service: str, method: str, fields: dict[str, Any], key: str | None) -> Any:
        if self._session is None:
            raise Unauthenticated("log in first")
        self.keep_up()
        token = self._session.access_token
        return self._call(service, method, fields, token=token, key=key, call_id=self.call_id)

    def _exchange(self, session: Session) -> None:
        fields = {"refresh_token": session.refresh_token}
        key = session.refresh_key
        self.begin(self._call("identity", "refresh", fields, key=key, call_id=self.call_id))

    # how it is answered

    @property
    def refused(self) -> str | None:
        """Why the form was refused, in the reader's words; None where it was not."""
        if self.refusal is None:
            return None
        seconds = told_wait(self.refusal)
        wait = self.formats.wait(seconds) if seconds else ""
        of_link = self.request.path in LINKED_PATHS
        return refusal_words.of_refusal(self.refusal, self.text, wait, of_link=of_link)

    def text(self, message: str, **values: Any) -> str:
        """Return a text of ours in the reader's language, with ``%(name)s`` filled in."""
        translated = languages.catalogue(self.language).gettext(message)
        return translated % values if values else translated

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page; where a form is shown once more, with the refusal's status."""
        if self.refusal is not None:
            status = status_of(self.refusal)
        response = Response(
            self._renderer.render(template, self, **values),
            status,
            content_type="text/html; charset=utf-8",
        )
        if self.refusal is not None and (seconds := retry_after(self.refusal)):
            response.headers["Retry-After"] = str(seconds)
        return response

    def go(self, path: str, notice: str = "") -> Response:
        """Return the way to another page of ours, which shows ``notice`` once."""
        if notice:
            self.cookies.keep("notice", notice, seconds=60)
        return redirect(path, 303)

    @cached_property
    def notice(self) -> str:
        """What the page before wanted said; said once."""
        told = self.cookies.read("notice")
        if told:
            self.cookies.forget("notice")
        return str(told or "")
