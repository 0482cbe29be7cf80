"""Receives events: hands each to its handler, one subject's events one after another."""

import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import eventlet
from amqp.exceptions import AMQPError
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, SharedExtension

from chassis import faultpoints, topology
from chassis.bounds import largest
from chassis.bus.consumer import Provider, QueueConsumer
from chassis.received import ReceivedEvent, TooLarge, Undecodable

log = logging.getLogger(__name__)

DATABASE_PAUSE_SECONDS = 1.0


class Suspects(SharedExtension):
    """Lets events that may have ended a process run one at a time, whatever their handler.

    Side by side, the one that does end it would take an attempt of each of the others, too, until
    all of them are set aside.
    """

    def __init__(self) -> None:
        super().__init__()
        self._running = False
        self._waiting: deque[Callable[[], None]] = deque()

    def enter(self, start: Callable[[], None]) -> None:
        """Start it now, or when those before it have left."""
        if self._running:
            self._waiting.append(start)
            return
        self._running = True
        start()

    def forget(self) -> None:
        """Start none of those that wait: the process ends, and the bus delivers them again."""
        self._waiting.clear()

    def leave(self) -> None:
        """Note that the running one has ended; the next may start."""
        if self._waiting:
            self.container.spawn_managed_thread(self._waiting.popleft())
        else:
            self._running = False


class EventHandler(Provider, Entrypoint):
    """The entrypoint behind ``@on_event``."""

    queue_consumer = QueueConsumer()
    suspects = Suspects()
    kind = "event"

    def __init__(self, source: str, event_type: str, **options: Any) -> None:
        super().__init__(**options)
        self.source = source
        self.event_type = event_type
        self._waiting: dict[str, deque[tuple[ReceivedEvent, Callable[[], None]]]] = {}

    def setup(self) -> None:
        """Name the queue and ask to be fed from it."""
        self.queue = topology.event_queue(
            self.source, self.event_type, self.container.service_name, self.method_name
        )
        self._largest = largest(self.container.config)
        self.queue_consumer.register_provider(self)

    def stop(self) -> None:
        """Take nothing new; what runs may finish."""
        self.queue_consumer.unregister_provider(self)
        self.suspects.forget()

    @property
    def lease_seconds(self) -> float:
        """For how long an attempt counts as running before it is tried again."""
        configuration = self.container.config["chambers"]
        return float(configuration.get("events.attempt_lease"))

    def on_message(self, message: Any) -> None:
        """Decode, and hand over in the order of arrival per subject."""
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        headers = message.headers if isinstance(message.headers, dict) else {}
        repeated = message.delivery_info.get("redelivered") or headers.get("chambers.repeated")
        try:
            if len(body) > self._largest:
                raise TooLarge(f"it has {len(body)} bytes, and {self._largest} are the most")
            delivery = ReceivedEvent.decode(body, self.method_name, redelivered=bool(repeated))
        except Undecodable as error:
            delivery = ReceivedEvent.undecodable(
                body, self.method_name, self.source, self.event_type, error
            )
        self.handle(delivery, partial(_acknowledge, message))

    def handle(self, delivery: ReceivedEvent, done: Callable[[], None]) -> None:
        """Run the handler now, or when the running one of the same subject has ended."""
        if delivery.subject in self._waiting:
            self._waiting[delivery.subject].append((delivery, done))
            return
        self._waiting[delivery.subject] = deque()
        self._start(delivery, done)

    def _start(self, delivery: ReceivedEvent, done: Callable[[], None]) -> None:
        if delivery.redelivered:
            self.suspects.enter(partial(self._spawn, delivery, done))
        else:
            self._spawn(delivery, done)

    def _spawn(self, delivery: ReceivedEvent, done: Callable[[], None]) -> None:
        try:
            self.container.spawn_worker(
                self, (delivery,), {}, handle_result=partial(self._ended, delivery, done)
            )
        except ContainerBeingKilled:
            log.info("not handled any more, the bus will deliver it again")

    def _ended(
        self,
        delivery: ReceivedEvent,
        done: Callable[[], None],
        _ctx: Any,
        result: Any,
        exc_info: Any,
    ) -> tuple[Any, Any]:
        if delivery.redelivered:
            self.suspects.leave()
        if exc_info is not None:  # the database is away: keep the event and come back
            self.container.spawn_managed_thread(partial(self._later, delivery, done))
            return result, exc_info
        faultpoints.reached("before_ack")
        done()
        faultpoints.reached("after_ack")
        self._next(delivery.subject)
        return result, exc_info

    def _later(self, delivery: ReceivedEvent, done: Callable[[], None]) -> None:
        eventlet.sleep(DATABASE_PAUSE_SECONDS)
        self._start(delivery, done)

    def _next(self, subject: str) -> None:
        waiting = self._waiting[subject]
        if waiting:
            self._start(*waiting.popleft())
        else:
            del self._waiting[subject]


def _acknowledge(message: Any) -> None:
    try:
        if message.channel.connection is not None:
            message.ack()
    except (AMQPError, OSError) as error:
        log.warning("not acknowledged, the bus will deliver it again: %r", error)
