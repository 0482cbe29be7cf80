"""Serves a WSGI application over HTTP for as long as a service runs, and drains it at the end."""

import logging
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

import eventlet
import eventlet.wsgi
from greenlet import GreenletExit
from nameko.extensions import DependencyProvider

from chassis.config import Configuration, ConfigurationError, Setting
from chassis.http_lines import StrictProtocol
from chassis.ids import uuid7
from chassis.news import News
from chassis.rpc.client import RpcClient

log = logging.getLogger(__name__)
server_log = logging.getLogger("chassis.web.server")

CALL_SECONDS = 10.0
SOCKET_SECONDS = 30.0  # for one read or write; who is slower is let go
IDLE_SECONDS = 75.0  # an idle connection is kept that long
LONGEST_URL = 8_192
CONNECTIONS = 2_000
DRAIN_SECONDS = 15.0  # below the runner's own limit
BACKLOG = 512

KEYS = (Setting("listen", "str", "127.0.0.1:8000", about="address and port of the HTTP server"),)


class ServiceCall(Protocol):
    """Calls a service for somebody outside: the only way from an application to the bus."""

    def __call__(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        *,
        token: str | None = None,
        key: str | None = None,
        call_id: str | None = None,
    ) -> Any:
        """Return the reply.

        ``key`` is the idempotency key, a fresh one where none is given; ``call_id`` stands in the
        logs of all that the call causes. Raises the kinds of ``chassis.errors``.
        """
        ...


class Application(Protocol):
    """A WSGI application that can be asked to end its streams."""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        ...

    def hear(self, news: Mapping[str, Any]) -> None:
        """Take the data of an event that was said just now; must not wait."""
        ...

    def close(self) -> None:
        """End what would never end by itself, such as open streams; new ones are refused."""
        ...


class WebServer(DependencyProvider):
    """Serves what ``build(call, configuration)`` returns at the service's setting ``listen``.

    It is told the events of one type, ``hears``: source and type.
    """

    rpc = RpcClient()

    def __init__(
        self, build: Callable[[ServiceCall, Configuration], Application], hears: tuple[str, str]
    ) -> None:
        self._build = build
        self.news = News(*hears)
        self._serving: Any = None
        self.listening: Any = None

    def bind(self, container: Any, attr_name: str) -> Any:
        """Listen, so that a taken port is said before anything runs (a hook of nameko's)."""
        bound = super().bind(container, attr_name)
        section = container.config["chambers"].service(container.service_name)
        bound.listening = listen(str(section["listen"]))
        return bound

    def setup(self) -> None:
        """Build the application (a hook of nameko's)."""
        self.application = self._build(self.call, self.container.config["chambers"])
        self.news.hear(self.application.hear)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens: host and port."""
        host, port = self.listening.getsockname()[:2]
        return str(host), int(port)

    def start(self) -> None:
        """Take requests (a hook of nameko's)."""
        self._serving = eventlet.spawn(
            eventlet.wsgi.server,
            self.listening,
            self.application,
            protocol=StrictProtocol,
            log=server_log,
            log_output=False,
            debug=False,
            max_size=CONNECTIONS,
            keepalive=IDLE_SECONDS,
            socket_timeout=SOCKET_SECONDS,
            url_length_limit=LONGEST_URL,
        )
        log.warning("open at http://%s:%s", *self.address)

    def stop(self) -> None:
        """Take no more requests and finish those that run (a hook of nameko's)."""
        self.application.close()
        if self._serving is None:
            self.listening.close()
            return
        self._serving.kill()  # its own clean-up closes what is idle and waits for the rest
        self.listening.close()  # who comes now is refused at once, and finds another process
        with eventlet.Timeout(DRAIN_SECONDS, False), suppress(GreenletExit):
            self._serving.wait()

    def kill(self) -> None:
        """End at once (a hook of nameko's)."""
        self.listening.close()

    def call(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        *,
        token: str | None = None,
        key: str | None = None,
        call_id: str | None = None,
    ) -> Any:
        """Call as ``ServiceCall`` says, within ten seconds; a lost answer is asked for again."""
        headers = {
            "access_token": token,
            "idempotency_key": key or str(uuid7()),
            "call_id_stack": [call_id] if call_id else None,
        }
        return self.rpc.call(
            service, method, fields, headers=headers, timeout=CALL_SECONDS, retry=True
        )


def listen(address: str) -> Any:
    """Return a socket that listens at ``host:port`` (``[::1]:8000`` for IPv6).

    Raises ConfigurationError for what is no address, or is taken: also by another of us, who
    would get every second connection.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal():
        raise ConfigurationError(f"listen must be host:port, such as 127.0.0.1:8000, not {address}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return eventlet.listen((host, int(port)), family, BACKLOG, reuse_port=False)
    except OSError as error:
        raise ConfigurationError(f"cannot listen at {address}: {error.strerror}") from error
