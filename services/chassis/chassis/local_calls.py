"""Lets other programs of this machine's owner call services that run on the embedded bus.

The embedded bus lives inside one process. That process listens on a socket file in the data
directory, which only its owner may open; a request and its answer are one line of JSON each.
Holding the socket also keeps a second process off the same data.
"""

import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

import eventlet
import orjson
from eventlet.semaphore import Semaphore

from chassis.bounds import MAX_BODY, require_size
from chassis.config import Configuration, ConfigurationError
from chassis.config.tls import bus_tls
from chassis.errors import BadRequest, ChassisError, Unavailable, from_wire, to_wire

if TYPE_CHECKING:
    from chassis.rpc.standalone import Client

log = logging.getLogger(__name__)

LONGEST_PATH = 100  # what every system takes for a socket's name
LONGEST_REQUEST = MAX_BODY + 10_000  # with its token and its key
HEADERS = frozenset({"access_token", "idempotency_key"})
PATIENCE_SECONDS = 2.0  # over the call's own deadline, for the way


class Caller(Protocol):
    """What both ways of calling have in common; see ``chassis.rpc.standalone.Client``."""

    def call(
        self,
        service: str,
        method: str,
        kwargs: Mapping[str, Any],
        *,
        headers: Mapping[str, Any] | None = None,
        timeout: float = 10,
    ) -> Any:
        """Return the reply; raises the kinds of ``chassis.errors``."""
        ...


@contextmanager
def connect(configuration: Configuration) -> Iterator[Caller]:
    """Yield a caller over the bus: to the broker, or through the embedded one's local socket."""
    if _is_embedded(configuration):
        yield LocalClient(socket_path(configuration))
        return
    from chassis.bus.waiting import require_admission

    require_admission(configuration, _nameko_config(configuration))
    with _client(configuration) as client:
        yield client


@contextmanager
def open_for(configuration: Configuration) -> Iterator[None]:
    """Hold the socket open for calls; does nothing where the bus is a broker.

    It is held by the process that runs the services. Raises ConfigurationError when another process
    runs on the same data.
    """
    if not _is_embedded(configuration):
        yield
        return
    with (
        ExitStack() as cleanup,
        LocalServer(socket_path(configuration), _Later(configuration, cleanup)),
    ):
        yield


def _is_embedded(configuration: Configuration) -> bool:
    return str(configuration.get("bus.url")).startswith("embedded:")


def _client(configuration: Configuration) -> "Client":
    # Slow to import, and not needed to call through the socket.
    from chassis.rpc.standalone import Client

    return Client(_nameko_config(configuration))


def _nameko_config(configuration: Configuration) -> dict[str, Any]:
    return {
        "AMQP_URI": configuration.get("bus.url"),
        "AMQP_SSL": bus_tls(configuration),
        "serializer": "json",
        "chambers": configuration,
    }


class _Later:
    """Connects at the first call: the socket opens before the services do."""

    def __init__(self, configuration: Configuration, cleanup: ExitStack) -> None:
        self._configuration = configuration
        self._cleanup = cleanup
        self._connecting = Semaphore(1)
        self._client: Caller | None = None

    def call(self, service: str, method: str, kwargs: Mapping[str, Any], **options: Any) -> Any:
        """Call as ``Caller.call`` says."""
        with self._connecting:
            if self._client is None:
                self._client = self._cleanup.enter_context(_client(self._configuration))
        return self._client.call(service, method, kwargs, **options)


def socket_path(configuration: Configuration) -> Path:
    """Return the socket of this data directory."""
    return Path(configuration.get("data_dir")) / "chambers.sock"


class LocalClient:
    """Calls through the socket of a process that runs elsewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def call(
        self,
        service: str,
        method: str,
        kwargs: Mapping[str, Any],
        *,
        headers: Mapping[str, Any] | None = None,
        timeout: float = 10,
    ) -> Any:
        """Return the reply to one call.

        Raises Unavailable when nobody runs there, MessageTooLarge.
        """
        request = {
            "service": service,
            "method": method,
            "arguments": kwargs,
            "headers": headers or {},
            "timeout": timeout,
        }
        line = orjson.dumps(request) + b"\n"
        require_size(line, LONGEST_REQUEST)
        answer = self._exchange(line, timeout + PATIENCE_SECONDS)
        if "error" in answer:
            raise from_wire(answer["error"])
        return answer["result"]

    def _exchange(self, line: bytes, timeout: float) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(timeout)
            try:
                connection.connect(str(self._path))
                connection.sendall(line)
                with connection.makefile("rb") as answers:
                    answer: dict[str, Any] = orjson.loads(answers.readline())
            except (OSError, ValueError) as error:
                raise Unavailable(
                    f"nothing answers at {self._path}: start it with `chambers up`,"
                    " or set bus.url to a broker"
                ) from error
            return answer


class LocalServer:
    """Context manager: opens the socket for as long as the services run."""

    def __init__(self, path: Path, services: Caller) -> None:
        self._path = path
        self._services = services
        self._listening: Any = None

    def __enter__(self) -> Self:
        if len(os.fsencode(self._path)) > LONGEST_PATH:
            raise ConfigurationError(f"{self._path} is too long a name: choose another data_dir")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._remove_if_left_behind()
        before = os.umask(0o177)
        try:
            self._listening = eventlet.listen(str(self._path), socket.AF_UNIX)
        finally:
            os.umask(before)
        self._serving = eventlet.spawn(self._serve)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._serving.kill()
        self._listening.close()
        with suppress(FileNotFoundError):
            self._path.unlink()

    def _remove_if_left_behind(self) -> None:
        """A process that was killed leaves its socket; one that lives answers on it."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self._path))
            except FileNotFoundError:
                return
            except OSError:
                self._path.unlink(missing_ok=True)
                return
        raise ConfigurationError(f"services run already on {self._path.parent}: stop them first")

    def _serve(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            eventlet.spawn_n(self._answer, connection)

    def _answer(self, connection: Any) -> None:
        with connection, connection.makefile("rb") as requests:
            try:
                line = requests.readline(LONGEST_REQUEST + 1)
                require_size(line, LONGEST_REQUEST)
                answer: dict[str, Any] = {"result": self._call(line)}
            except ChassisError as error:
                answer = {"error": to_wire(error)}
            except Exception as error:
                log.exception("a local call failed")
                answer = {"error": to_wire(error)}
            with suppress(OSError):
                connection.sendall(orjson.dumps(answer) + b"\n")

    def _call(self, line: bytes) -> Any:
        try:
            request = orjson.loads(line)
            sent = request["headers"]
            headers = {name: sent[name] for name in HEADERS if sent.get(name) is not None}
            target = str(request["service"]), str(request["method"])
            arguments, timeout = dict(request["arguments"]), float(request["timeout"])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadRequest("the request cannot be read") from error
        return self._services.call(*target, arguments, headers=headers, timeout=timeout)
