"""The service that answers: bad requests are refused, and no request ends the process."""

import logging
import sys
from functools import partial
from typing import Any

from nameko import rpc as nameko_rpc
from nameko.exceptions import ContainerBeingKilled, IncorrectSignature, MethodNotFound

from chassis import faultpoints
from chassis.bounds import largest
from chassis.bus import wire
from chassis.bus.consumer import Provider, QueueConsumer
from chassis.bus.queues import DIRECT_REPLY_TO
from chassis.bus.wire import BROKEN, MessageTooLarge
from chassis.errors import Internal, to_wire
from chassis.rpc.requests import (
    MalformedRequest,
    UnknownMethod,
    read_body,
    read_headers,
)

log = logging.getLogger(__name__)


class ReplyTooLarge(Internal):
    """The service did the work, and cannot say what came of it in one message."""

    code = "reply_too_large"


class ReplyUnreadable(Internal):
    """The service answered with something that JSON cannot say."""

    code = "reply_unreadable"


class RpcConsumer(Provider, nameko_rpc.RpcConsumer):
    """Reads the service's request queue."""

    queue_consumer = QueueConsumer()
    is_vital = True

    def on_message(self, message: Any) -> None:
        """Begin the work, or answer with an error."""
        try:
            provider = self.get_provider_for_method(message.delivery_info["routing_key"])
            provider.handle_message(message)
        except MethodNotFound as exc:
            self._refuse(message, UnknownMethod(f"there is no method {str(exc)[:100]!r}"))
        except Exception as exc:  # noqa: BLE001 - whatever it is, the process goes on
            self._refuse(message, exc)

    def _refuse(self, message: Any, error: Exception) -> None:
        log.info("request refused: %s", error)
        self.handle_result(message, None, (type(error), error, None))

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Send reply and ack in one write, the reply first."""
        body, exc_info = encode_reply(result, exc_info)
        try:
            faultpoints.reached("before_reply")
            with wire.one_write(message.channel):
                self._reply(message, body)
                message.ack()
            faultpoints.reached("after_reply")
        except BROKEN as exc:
            log.warning("not answered, the broker will deliver the request again: %r", exc)
        return (None if exc_info else result), exc_info

    def _reply(self, message: Any, body: bytes) -> None:
        reply_to = message.properties.get("reply_to")
        if not reply_to:
            log.error("request without reply_to dropped")
            return
        # a stock nameko caller has a reply queue behind the exchange instead
        exchange = "" if reply_to.startswith(DIRECT_REPLY_TO) else self.queue.exchange.name
        correlation_id = message.properties.get("correlation_id", "")
        wire.publish(message.channel, exchange, reply_to, body, correlation_id=correlation_id)


class Rpc(nameko_rpc.Rpc):
    """Entrypoint: the method answers calls. What it returns must be sayable in JSON."""

    rpc_consumer = RpcConsumer()

    def setup(self) -> None:
        """Read the limit once, not for each message."""
        super().setup()
        self._largest = largest(self.container.config)

    def handle_message(self, message: Any) -> None:
        """Start a worker. Raises chassis.errors for a request that cannot be one."""
        context, kwargs = read_headers(message), read_body(message, self._largest)
        self.check_signature([], kwargs)
        try:
            self.container.spawn_worker(
                self, [], kwargs,
                context_data=context, handle_result=partial(self.handle_result, message),
            )  # fmt: skip
        except ContainerBeingKilled:
            self.rpc_consumer.requeue_message(message)

    def check_signature(self, args: list[Any], kwargs: dict[str, Any]) -> None:
        """Raise MalformedRequest unless the method takes these arguments."""
        try:
            super().check_signature(args, kwargs)
        except IncorrectSignature as exc:
            raise MalformedRequest("the method takes other arguments") from exc


rpc = Rpc.decorator


def encode_reply(result: Any, exc_info: Any) -> tuple[bytes, Any]:
    """Return the reply, or an error in its place if it cannot be sent."""
    if exc_info is None:
        try:
            return wire.encode({"result": result, "error": None}), None
        except (MessageTooLarge, TypeError, ValueError, RecursionError) as exc:
            log.exception("the reply cannot be sent")
            exc_info = _instead_of(exc)
    try:
        return wire.encode({"result": None, "error": to_wire(exc_info[1])}), exc_info
    except (MessageTooLarge, TypeError, ValueError, RecursionError):
        log.exception("the error cannot be sent")
        return wire.encode({"result": None, "error": to_wire(Internal())}), exc_info


def _instead_of(problem: Exception) -> Any:
    kind = ReplyTooLarge if isinstance(problem, MessageTooLarge) else ReplyUnreadable
    try:
        raise kind from problem
    except kind:
        return sys.exc_info()
