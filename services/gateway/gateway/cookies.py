"""Cookies: read sealed, and set or removed with the answer."""

from typing import Any

from werkzeug.wrappers import Request, Response

from gateway.sessions import LIFETIME, CookieSealer


class Cookies:
    """The sealed cookies of one request, and what its answer changes of them.

    Over https their names begin with ``__Host-``: no other host or path can set them.
    """

    def __init__(self, request: Request, sealer: CookieSealer, *, is_secure: bool) -> None:
        self._request = request
        self._sealer = sealer
        self._is_secure = is_secure
        self._kept: dict[str, tuple[str, int]] = {}
        self._shown: dict[str, tuple[str, int]] = {}
        self._forgotten: set[str] = set()

    def read(self, name: str) -> Any:
        """Return what was kept under that name; None where there is nothing that we sealed."""
        text = self._request.cookies.get(self._named(name), "")
        return self._sealer.open(name, text) if text else None

    def keep(self, name: str, content: Any, seconds: int = LIFETIME) -> None:
        """Have the browser keep ``content`` (JSON) for so long, readable by us only."""
        self._forgotten.discard(name)
        self._kept[name] = (self._sealer.seal(name, content), seconds)

    def show(self, name: str, text: str, seconds: int) -> None:
        """Have the browser keep a choice of the reader's that is no secret, as it is."""
        self._shown[name] = (text, seconds)

    def forget(self, name: str) -> None:
        """Have the browser forget what is kept under that name."""
        self._kept.pop(name, None)
        self._forgotten.add(name)

    def put(self, response: Response) -> None:
        """Write the changes into the answer."""
        for name, (text, seconds) in self._kept.items():
            response.set_cookie(
                self._named(name),
                text,
                max_age=seconds,
                secure=self._is_secure,
                httponly=True,
                samesite="Lax",
            )
        for name, (text, seconds) in self._shown.items():
            response.set_cookie(name, text, max_age=seconds, secure=self._is_secure, samesite="Lax")
        for name in self._forgotten:
            response.delete_cookie(
                self._named(name), secure=self._is_secure, httponly=True, samesite="Lax"
            )

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self._is_secure else name
