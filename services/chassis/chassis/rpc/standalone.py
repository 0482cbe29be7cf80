"""Calls from programs that are no service: command line and tests."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import eventlet
from nameko.extensions import DependencyProvider

from chassis.bus.wire import BusUnavailable
from chassis.ids import uuid7
from chassis.rpc.client import RpcClient
from chassis.rpc.container import Container

CONNECT_TIMEOUT = 10.0  # seconds


class Calls(DependencyProvider):
    """Brings the client into a container."""

    rpc_client = RpcClient()


class CallingService:
    """A service that only calls."""

    name = "caller"
    calls = Calls()


class Client:
    """Context manager: connected inside. For the embedded bus only in the services' process.

    ``config`` has nameko's keys, of which ``AMQP_URI`` is needed. Entering raises
    BusUnavailable when the broker does not answer within ten seconds.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._container = Container(CallingService, dict(config))

    def __enter__(self) -> Self:
        timeout = eventlet.Timeout(CONNECT_TIMEOUT, BusUnavailable("the broker does not answer"))
        try:
            with timeout:
                self._container.start()
            if not self.rpc_client.queue_consumer.is_connected:
                raise BusUnavailable("the broker refuses this program; the log says why")
        except BusUnavailable:
            self._container.kill()
            raise
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._container.stop()

    @property
    def rpc_client(self) -> RpcClient:
        """The client itself, for ``call_async``."""
        (calls,) = self._container.dependencies
        client: RpcClient = calls.rpc_client
        return client

    def call(
        self,
        service: str,
        method: str,
        kwargs: Mapping[str, Any],
        *,
        headers: Mapping[str, Any] | None = None,
        timeout: float = 10,
        retry: bool = True,
    ) -> Any:
        """Call as ``RpcClient.call`` does; ``timeout`` in seconds.

        Without an ``idempotency_key`` among the headers the call gets a fresh one, under which it
        is repeated when its answer is lost; None sends none.
        """
        keyed = {"idempotency_key": str(uuid7()), **(headers or {})}
        return self.rpc_client.call(
            service, method, kwargs, headers=keyed, timeout=timeout, retry=retry
        )
