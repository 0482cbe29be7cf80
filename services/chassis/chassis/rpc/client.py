"""The service that calls: every call has a deadline, and a forgotten one leaves nothing."""

import itertools
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import eventlet
from kombu import Queue
from nameko.extensions import SharedExtension
from nameko.rpc import get_rpc_exchange

from chassis.bus import wire
from chassis.bus.consumer import Provider, QueueConsumer
from chassis.bus.queues import DIRECT_REPLY_TO
from chassis.bus.wire import BROKEN, BusUnavailable
from chassis.errors import Unavailable
from chassis.rpc.pending import PendingCall, PendingCalls
from chassis.rpc.requests import PREFIX

PAUSE = 0.1  # seconds between two tries without a connection
FIRST_TRY = 1.0  # seconds at least, before a call without answer is sent again


class UnknownService(Unavailable):
    """No service of that name has ever been started on this bus."""

    code = "unknown_service"


class ConnectionLost(Unavailable):
    """No usable connection, or it broke during the call, which may have been executed."""

    code = "connection_lost"


class OutgoingCall(NamedTuple):
    """A call before it is sent; ``deadline`` on the clock of ``time.monotonic``."""

    routing_key: str
    body: bytes
    headers: dict[str, Any]
    deadline: float

    @property
    def seconds_left(self) -> float:
        """Until the caller gives up; never quite zero."""
        return max(self.deadline - time.monotonic(), 0.001)


class RpcClient(Provider, SharedExtension):
    """Sends requests and receives replies by direct reply-to.

    There is no reply queue and no ack, nothing that could expire or be left behind.
    """

    queue_consumer = QueueConsumer()

    def __init__(self) -> None:
        self.pending = PendingCalls()
        self._call_ids = map(str, itertools.count())
        super().__init__()

    def setup(self) -> None:
        """Ask to be fed with replies (a hook of nameko's)."""
        self.queue = Queue(DIRECT_REPLY_TO, no_ack=True)
        self._exchange = get_rpc_exchange(self.container.config).name
        self.queue_consumer.register_provider(self)

    def stop(self) -> None:
        """Take no more replies (a hook of nameko's)."""
        self.queue_consumer.unregister_provider(self)

    def call(
        self,
        service: str,
        method: str,
        kwargs: Mapping[str, Any],
        *,
        headers: Mapping[str, Any],
        timeout: float,
        retry: bool = False,
    ) -> Any:
        """Return the method's answer, within ``timeout`` seconds.

        ``headers`` by the names of ``worker_ctx.data``; None is left out. ``retry``: the call
        is safe to repeat, so a lost connection or a lost reply is tried again within the
        timeout. Raises the callee's error, UnknownService, ConnectionLost, DeadlineExceeded.
        """
        request = self._request(service, method, kwargs, headers, timeout)
        if not retry:
            return self._send(request).result()
        while True:
            try:
                return self._result_of_two_tries(request)
            except ConnectionLost:
                if request.seconds_left < FIRST_TRY:
                    raise
                eventlet.sleep(PAUSE)

    def call_async(
        self,
        service: str,
        method: str,
        kwargs: Mapping[str, Any],
        *,
        headers: Mapping[str, Any],
        timeout: float,
    ) -> PendingCall:
        """Call as ``call`` does, but return when the request is sent; ``.result()`` waits."""
        return self._send(self._request(service, method, kwargs, headers, timeout))

    def _request(
        self, service: str, method: str, kwargs: Any, headers: Any, timeout: float
    ) -> OutgoingCall:
        sent = {
            name if name.startswith(PREFIX) else PREFIX + name: value
            for name, value in headers.items()
            if value is not None
        }
        sent[f"{PREFIX}deadline"] = time.time() + timeout
        if stack := sent.get(f"{PREFIX}call_id_stack"):
            # a key is given with each call here; see ``Call.key_is_shared``
            sent.setdefault(f"{PREFIX}key_call_id", stack[-1])
        body = wire.encode({"args": [], "kwargs": kwargs})
        return OutgoingCall(f"{service}.{method}", body, sent, time.monotonic() + timeout)

    def _result_of_two_tries(self, request: OutgoingCall) -> Any:
        """Sent a second time after half the time; the first answer of either counts."""
        call = self._send(request)
        patience = max(FIRST_TRY, request.seconds_left / 2)
        if patience < request.seconds_left and not call.wait(patience):
            self._publish_or_forget(call, request)
        return call.result()

    def _send(self, request: OutgoingCall) -> PendingCall:
        call = self.pending.open(next(self._call_ids), request.seconds_left)
        self._publish_or_forget(call, request)
        return call

    def _publish_or_forget(self, call: PendingCall, request: OutgoingCall) -> None:
        try:
            self._publish(call.id, request)
        except ConnectionLost:
            call.forget()
            raise

    def _publish(self, call_id: str, request: OutgoingCall) -> None:
        try:
            channel = self.queue_consumer.usable_channel(request.seconds_left)
            wire.publish(
                channel,
                self._exchange,
                request.routing_key,
                request.body,
                mandatory=True,
                reply_to=DIRECT_REPLY_TO,
                correlation_id=call_id,
                expiration=str(int(request.seconds_left * 1000)),
                application_headers=request.headers,
            )
        except (*BROKEN, BusUnavailable) as exc:
            raise ConnectionLost(f"the request was not sent: {exc}") from exc

    def on_message(self, message: Any) -> None:
        """Take a reply; one that nobody waits for any more is dropped."""
        if call := self.pending.get(message.properties.get("correlation_id")):
            call.finish(message.body)

    def on_return(self, routing_key: str, message: Any) -> None:
        """Fail the call that no queue took: nobody has ever answered for that service."""
        if call := self.pending.get(message.properties.get("correlation_id")):
            call.fail(UnknownService(f"there is no service {routing_key.split('.')[0]!r}"))

    def on_connection_lost(self) -> None:
        """Fail the calls whose replies went with the connection."""
        for call in self.pending.all():
            call.fail(ConnectionLost("the connection was lost during the call"))
