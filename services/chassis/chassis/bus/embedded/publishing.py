"""The publishing half of a channel: direct replies, returned messages and confirms."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

from amqp.exceptions import ChannelError, PreconditionFailed

from chassis.bus.embedded.exchanges import Declaration
from chassis.bus.embedded.messages import PERSISTENT, seal

DIRECT_REPLY_TO = "amq.rabbitmq.reply-to"
NO_ROUTE = (312, "NO_ROUTE")


class PublishingChannel:
    """What a channel does with messages on their way to the bus."""

    bus: Any
    line: Callable[[], Any]
    queue_declare: Callable[..., Any]

    def __init__(self) -> None:
        self.events: defaultdict[str, set[Callable[..., None]]] = defaultdict(set)
        self._confirming = False
        self._sequence = count(1)
        self._reply_queue = ""

    def confirm_select(self, nowait: bool = False) -> None:
        """Answer each message from now on with ``basic_ack``.

        Unlike RabbitMQ, which confirms a persistent message when it is on disk, this bus, which
        has none, confirms it when nobody has to handle it any more.
        """
        self._confirming = True

    def open_reply_queue(self) -> str:
        """Open the queue behind ``amq.rabbitmq.reply-to``; return its name.

        The queue goes with its consumer.
        """
        self._reply_queue = f"{DIRECT_REPLY_TO}.{uuid4()}"
        wanted = Declaration("queue", durable=False, exclusive=False, auto_delete=True)
        self.bus.declare_queue(self._reply_queue, wanted, self.line())
        return self._reply_queue

    def basic_publish(
        self,
        message: Any,
        exchange: str = "",
        routing_key: str = "",
        mandatory: bool = False,
        **_: Any,
    ) -> None:
        """Route the message; what became of it is told to ``events``, through the inbox."""
        self.line()
        if message.properties.get("reply_to") == DIRECT_REPLY_TO:
            if not self._reply_queue:
                raise PreconditionFailed("PRECONDITION_FAILED - fast reply consumer does not exist")
            message.properties["reply_to"] = self._reply_queue
        confirm = self._confirmation(message)
        persistent = message.properties.get("delivery_mode") == PERSISTENT
        waits = confirm if persistent else None
        copies = self.bus.publish(seal(message, exchange, routing_key), waits)
        if mandatory and not copies:
            self._tell("basic_return", _no_route(), exchange, routing_key, message)
        if confirm and not (waits and copies):
            confirm()

    def _confirmation(self, message: Any) -> Callable[[], None] | None:
        if not self._confirming:
            return None
        return partial(self._tell, "basic_ack", next(self._sequence), False)

    def _tell(self, event: str, *arguments: Any) -> None:
        """Let the reader of this connection hear of it; a closed one does not."""
        if getattr(self, "connection", None) is not None:
            self.line().inbox.put(partial(self._call, event, *arguments))

    def _call(self, event: str, *arguments: Any) -> None:
        for callback in list(self.events[event]):
            callback(*arguments)


def _no_route() -> ChannelError:
    code, text = NO_ROUTE
    return ChannelError(text, (60, 50), reply_code=code)
