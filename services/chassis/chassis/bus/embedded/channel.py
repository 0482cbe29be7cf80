"""The AMQP methods that kombu and ``chassis.bus.wire`` call, answered by the bus at once."""

from functools import partial
from itertools import count
from typing import Any, NamedTuple
from uuid import uuid4

from amqp import spec
from amqp.exceptions import ConsumerCancelled, PreconditionFailed, RecoverableConnectionError
from amqp.protocol import queue_declare_ok_t
from kombu.transport import base, pyamqp

from chassis.bus.embedded.exchanges import Declaration
from chassis.bus.embedded.messages import delivery_info, unseal
from chassis.bus.embedded.publishing import DIRECT_REPLY_TO, PublishingChannel
from chassis.bus.embedded.queues import EmbeddedConsumer, Entry, Queue


class Unacked(NamedTuple):
    """A delivery that the client has neither acknowledged nor refused yet."""

    entry: Entry
    consumer: EmbeddedConsumer


class Channel(PublishingChannel, base.StdChannel):
    """One conversation on a connection."""

    Message = pyamqp.Message
    prepare_message = pyamqp.Channel.prepare_message
    prepare_queue_arguments = pyamqp.Channel.prepare_queue_arguments
    message_to_python = pyamqp.Channel.message_to_python
    auto_decode = True  # text bodies arrive as str

    def __init__(self, connection: Any, channel_id: int) -> None:
        super().__init__()
        self.connection: Any = connection  # None when closed: nameko looks at it
        self.channel_id = channel_id
        self.bus = connection.bus
        self.no_ack_consumers: set[str] = set()  # kombu skips the ack of their messages
        self._prefetch = 0
        self._consumers: dict[str, EmbeddedConsumer] = {}
        self._unacked: dict[int, Unacked] = {}
        self._delivery_tags = count(1)

    def exchange_declare(
        self,
        exchange: str,
        type: str,
        durable: bool = False,
        auto_delete: bool = True,
        passive: bool = False,
        **_: Any,
    ) -> None:
        """Create the exchange, or only look for it (``passive``)."""
        if not passive:
            declaration = Declaration(type, durable, exclusive=False, auto_delete=bool(auto_delete))
            self.bus.declare_exchange(exchange, declaration)
        self.bus.exchange(exchange)

    def exchange_delete(self, exchange: str, **_: Any) -> None:
        """Forget the exchange and its bindings."""
        self.bus.exchanges.pop(exchange, None)

    def queue_declare(
        self,
        queue: str = "",
        passive: bool = False,
        durable: bool = False,
        exclusive: bool = False,
        auto_delete: bool = True,
        arguments: dict[str, Any] | None = None,
        **_: Any,
    ) -> Any:
        """Create the queue, or only look for it; returns name, messages, consumers."""
        name = queue or f"amq.gen-{uuid4()}"
        if passive:
            found = self._queue(name)
        else:
            wanted = Declaration("queue", durable, exclusive, auto_delete, arguments or {})
            found = self.bus.declare_queue(name, wanted, self.line())
        found.touch()
        return queue_declare_ok_t(name, found.waiting(), len(found.consumers))

    def queue_bind(self, queue: str, exchange: str, routing_key: str = "", **_: Any) -> None:
        """Route what matches the key to the queue."""
        self.bus.exchange(exchange).bindings[queue, routing_key] = self._queue(queue)

    def queue_unbind(self, queue: str, exchange: str, routing_key: str = "", **_: Any) -> None:
        """Undo ``queue_bind``."""
        self.bus.exchange(exchange).bindings.pop((queue, routing_key), None)

    def queue_purge(self, queue: str, **_: Any) -> int:
        """Forget what waits; returns how many messages that were."""
        purged: int = self._queue(queue).purge()
        return purged

    def queue_delete(self, queue: str, **_: Any) -> None:
        """Forget the queue and what waits in it."""
        if queue in self.bus.queues:
            self.bus.delete_queue(self._queue(queue).name)

    def basic_qos(self, prefetch_size: int, prefetch_count: int, apply_global: bool) -> None:
        """Limit each consumer that is started from now on, as RabbitMQ does."""
        if apply_global:
            raise NotImplementedError("embedded bus: one prefetch limit for a whole channel")
        self._prefetch = prefetch_count

    def basic_consume(
        self, queue: str, no_ack: bool, consumer_tag: str, callback: Any, **_: Any
    ) -> None:
        """Let the queue push to ``callback``, which runs in the connection's reader."""
        if queue == DIRECT_REPLY_TO:
            queue = self.open_reply_queue()
        consumer = EmbeddedConsumer(
            consumer_tag, self._queue(queue), self._prefetch, no_ack,
            self._push, self._on_queue_deleted, callback,
        )  # fmt: skip
        self._consumers[consumer_tag] = consumer
        if no_ack:
            self.no_ack_consumers.add(consumer_tag)
        consumer.queue.add(consumer)

    def basic_cancel(self, consumer_tag: str, **_: Any) -> None:
        """Stop the pushing; what is in the inbox already goes back when it is looked at."""
        if consumer := self._consumers.pop(consumer_tag, None):
            consumer.queue.remove(consumer)
            self.bus.consumer_left(consumer.queue)
            self.line().wake()  # stands for the cancel-ok frame

    def basic_get(self, queue: str, no_ack: bool = False) -> Any:
        """Take one waiting message, or None."""
        source = self._queue(queue)
        if not source.ready:
            return None
        consumer = EmbeddedConsumer(
            "", source, 0, no_ack, self._push, self._on_queue_deleted, _nobody
        )
        return self._unpack(consumer, *self._hold(consumer, source.ready.popleft()))

    def basic_ack(self, delivery_tag: int, multiple: bool = False, **_: Any) -> None:
        """Settle the message, which was dealt with; ``multiple``: and all before it."""
        for tag in [tag for tag in self._unacked if tag < delivery_tag] if multiple else []:
            self._settle(tag)
        self._settle(delivery_tag)

    def basic_reject(self, delivery_tag: int, requeue: bool, **_: Any) -> None:
        """Drop the message, which was not dealt with, or put it back into its queue."""
        self._settle(delivery_tag, requeue)

    def close(self) -> None:
        """Give what this channel holds back to the queues, for others to take."""
        if self.connection is None:
            return
        for consumer_tag in list(self._consumers):
            self.basic_cancel(consumer_tag)
        for tag in list(self._unacked):
            self._settle(tag, requeue=True)
        self.connection.channels.discard(self)
        self.connection = None

    def send_method(
        self, method: tuple[int, int], _format: str = "", arguments: Any = (), content: Any = None
    ) -> None:
        """Write one method and do not wait for its answer, in py-amqp's way."""
        if method == spec.Channel.Flow:
            self.line().wake()  # stands for the flow-ok frame
        else:
            raise NotImplementedError(f"embedded bus: method {method}")

    def _push(self, consumer: EmbeddedConsumer, entry: Entry) -> None:
        """Send a delivery; the client need not be waiting for it."""
        tag, _ = self._hold(consumer, entry)
        self.line().inbox.put(partial(self._receive, consumer, tag, entry))

    def _hold(self, consumer: EmbeddedConsumer, entry: Entry) -> tuple[int, Entry]:
        tag = next(self._delivery_tags)
        if consumer.no_ack:
            entry.settle()
        else:
            consumer.unacked += 1
            self._unacked[tag] = Unacked(entry, consumer)
        return tag, entry

    def _receive(self, consumer: EmbeddedConsumer, delivery_tag: int, entry: Entry) -> None:
        if consumer.tag in self._consumers:
            consumer.on_message(self._unpack(consumer, delivery_tag, entry))
        elif delivery_tag in self._unacked:  # cancelled while this was in the inbox
            self._settle(delivery_tag, requeue=True)

    def _unpack(self, consumer: EmbeddedConsumer, delivery_tag: int, entry: Entry) -> Any:
        message = unseal(entry.envelope, decode=self.auto_decode)
        message.channel = self
        message.delivery_info = delivery_info(consumer.tag, delivery_tag, entry)
        return message

    def _on_queue_deleted(self, consumer: EmbeddedConsumer) -> None:
        """Tell the client, as RabbitMQ does, so that it sets its consumers up anew."""

        def fail() -> None:
            raise ConsumerCancelled(consumer.tag, (60, 30))

        if self._consumers.pop(consumer.tag, None):
            self.line().inbox.put(fail)

    def _settle(self, delivery_tag: int, requeue: bool = False) -> None:
        self.line()
        if delivery_tag not in self._unacked:
            raise PreconditionFailed(f"PRECONDITION_FAILED - unknown delivery tag {delivery_tag}")
        entry, consumer = self._unacked.pop(delivery_tag)
        consumer.unacked -= 1
        if requeue:
            consumer.queue.put_back(entry)
        else:
            entry.settle()
            consumer.queue.dispatch()

    def _queue(self, name: str) -> Queue:
        queue: Queue = self.bus.queue(name, self.line())
        return queue

    def line(self) -> Any:
        """Return the connection. Raises RecoverableConnectionError when it is closed."""
        if self.connection is None:
            raise RecoverableConnectionError("channel is closed")
        return self.connection


def _nobody(message: Any) -> None:
    """What ``basic_get`` takes is handed to no callback."""
