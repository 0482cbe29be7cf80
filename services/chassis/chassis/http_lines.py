"""Reads requests more strictly than eventlet's server: nothing that two readers could differ on.

A proxy in front and the server behind it must see the same requests on a line; where one takes a
second length or a bare line feed and the other does not, a request can hide within another.
"""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

import eventlet
import eventlet.wsgi

log = logging.getLogger(__name__)

HEAD_SECONDS = 20.0  # for request line and headers, however slowly they come
BODY_SECONDS = 60.0
_ODD = frozenset(b"\r\n\0")
_LENGTH = re.compile(r"[0-9]{1,15}")
_TARGET = re.compile(r"(/[!-~]*|\*)")


class StrictProtocol(eventlet.wsgi.HttpProtocol):
    """One connection's requests."""

    rfile: Any

    def parse_request(self) -> bool:
        """Read request line and headers; return whether they may go on, else refuse them."""
        self.rfile = lines = _Lines(self.rfile)
        with eventlet.Timeout(HEAD_SECONDS, TimeoutError()):
            if not super().parse_request():
                self.close_connection = True
                return False
        wrong = self._wrong(lines)
        if wrong is not None:
            self.send_error(*wrong)
        return wrong is None

    def _wrong(self, lines: "_Lines") -> tuple[int, str] | None:
        headers = self.headers
        lengths = headers.get_all("content-length", [])
        if lines.were_odd or headers.defects or not self.raw_requestline.endswith(b"\r\n"):
            return 400, "Bad Request"
        if self.request_version not in ("HTTP/1.0", "HTTP/1.1"):
            return 505, "HTTP Version Not Supported"
        if headers.get_all("transfer-encoding"):
            return 411, "Length Required"
        if len(lengths) > 1 or not all(_LENGTH.fullmatch(length) for length in lengths):
            return 400, "Bad Request"
        hosts = headers.get_all("host", [])
        if len(hosts) > 1 or not _TARGET.fullmatch(self.path):
            return 400, "Bad Request"
        return None

    def get_environ(self) -> dict[str, Any]:
        """Return the request as WSGI has it; its body has to come in time."""
        environ: dict[str, Any] = super().get_environ()
        environ["wsgi.input"] = _InTime(environ["wsgi.input"], self._give_up)
        return environ

    def _give_up(self) -> None:
        """End the line after this answer: where the next request begins is not known."""
        self.close_connection = True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request, and end the line: what follows cannot be told apart."""
        head = f"HTTP/1.1 {code} {message or 'Bad Request'}\r\n"
        self.wfile.write(f"{head}Connection: close\r\nContent-Length: 0\r\n\r\n".encode())
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say what the standard library would print."""
        log.debug(format, *args)


class _Lines:
    """A request's lines, and whether one was continued or ended otherwise than with CR LF."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.were_odd = False

    def readline(self, limit: int = -1) -> bytes:
        line: bytes = self._file.readline(limit)
        if not line.endswith(b"\r\n") or set(line[:-2]) & _ODD or line[:1] in (b" ", b"\t"):
            self.were_odd = True
        return line


class _InTime:
    """A body that has to be read within a minute, however little comes at a time."""

    def __init__(self, body: Any, give_up: Callable[[], None]) -> None:
        self._body = body
        self._give_up = give_up
        self._end = time.monotonic() + BODY_SECONDS

    def __getattr__(self, name: str) -> Any:
        read = getattr(self._body, name)
        if name not in ("read", "readline", "readlines"):
            return read

        def in_time(*arguments: Any) -> Any:
            try:
                with eventlet.Timeout(max(0.001, self._end - time.monotonic()), TimeoutError()):
                    return read(*arguments)
            except TimeoutError:
                self._give_up()
                raise

        return in_time
