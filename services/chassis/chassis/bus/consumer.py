"""One connection and one channel per service, read by one greenthread, written to by all."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import Any

import eventlet
import kombu
from amqp.exceptions import ChannelError
from eventlet.event import Event
from nameko.exceptions import ConfigurationError
from nameko.rpc import get_rpc_exchange

from chassis.bus import wire
from chassis.bus.declaring import answered
from chassis.bus.queues import ConsumerOfQueues
from chassis.bus.stopping import Stopped
from chassis.bus.wire import BROKEN, BusUnavailable

log = logging.getLogger(__name__)


class Provider:
    """What the QueueConsumer tells those who consume through it."""

    queue: kombu.Queue
    prefetch: int | None = None  # how many unacknowledged messages at once; None: max_workers
    is_vital = False  # whether a service must not start without its queue

    def on_message(self, message: Any) -> None:
        """Take a message whose body is bytes. Must settle it, now or later, and not raise."""
        raise NotImplementedError

    def on_return(self, routing_key: str, message: Any) -> None:
        """Take back a mandatory message of this service's that had no queue."""

    def on_connection_lost(self) -> None:
        """Learn that the line is gone: unacknowledged messages will be delivered again."""


class QueueConsumer(ConsumerOfQueues):
    """Reads what the service's queues send; lends its channel to those who publish."""

    def __init__(self) -> None:
        self._blocked = False
        self._connected = Event()
        self._beat = monotonic()
        self._failures = 0
        super().__init__()

    def usable_channel(self, timeout: float) -> Any:
        """Return the channel, after waiting up to ``timeout`` seconds for a reconnect.

        Raises BusUnavailable, at once during a broker alarm: the broker would leave the message
        unread and handle it long after everybody has given up.
        """
        if self._channel is None:
            with eventlet.Timeout(timeout, exception=False):
                self._connected.wait()
        if self._blocked:
            raise BusUnavailable("the broker accepts no messages now")
        if self._channel is None:
            raise BusUnavailable("not connected to the broker")
        return self._channel

    @property
    def is_connected(self) -> bool:
        """Whether the service consumes, and the broker takes what it publishes."""
        return self._channel is not None and not self._blocked

    @property
    def connection(self) -> kombu.Connection:
        """Parameters only; kombu's mixin clones and opens it."""
        return wire.connection(
            self.container.config,
            on_blocked=lambda *_: setattr(self, "_blocked", True),
            on_unblocked=lambda *_: setattr(self, "_blocked", False),
        )

    def run(self) -> None:
        """Consume until told to stop, over as many connections as it takes."""
        while not self.should_stop:
            try:
                for _ in self.consume(limit=None):
                    wire.deal_with_rest(self._channel)
                    self._keep_beating()
            except Stopped:
                self._report_stopped()
                return
            except BROKEN as exc:
                self._failures += 1
                self._trouble.warn(
                    repr(exc), "connection to the broker lost, reconnecting: %r", exc
                )
                eventlet.sleep(min(2, 0.2 * self._failures))

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **_: Any) -> None:
        """Note that everything is set up (a hook of kombu's)."""
        self._failures = 0
        self._trouble.over()
        super().on_consume_ready(connection, channel, consumers)

    def _keep_beating(self) -> None:
        """By itself kombu beats only when nothing was read for a second: perhaps never."""
        if monotonic() - self._beat > 1 and self._channel is not None:
            self._beat = monotonic()
            self._channel.connection.heartbeat_tick()

    @contextmanager
    def establish_connection(self) -> Iterator[kombu.Connection]:
        """Yield a connection.

        Left alone kombu waits 2, 4, 6 .. 30 seconds between attempts: past any deadline.
        """
        connection = self.create_connection()
        try:
            connection.ensure_connection(
                self.on_connection_error, interval_start=0.2, interval_step=0.2, interval_max=2
            )
            yield connection
            with eventlet.Timeout(wire.HANDSHAKE, exception=False):
                connection.release()
        finally:
            connection.collect()  # without goodbye: on a dead line it would wait for ever

    @contextmanager
    def extra_context(self, connection: Any, channel: Any) -> Iterator[None]:
        """Surround the life of one connection (a hook of kombu's)."""
        self._check_message_size(connection)
        get_rpc_exchange(self.container.config)(channel).declare()
        channel.events["basic_return"].add(self._on_return)
        self._channel, self._blocked = channel, False
        self._connected.send()
        try:
            yield
        finally:
            self._channel, self._connected = None, Event()
            for provider in list(self._providers):
                provider.on_connection_lost()

    def _check_message_size(self, connection: Any) -> None:
        """Send one message of the largest size to nowhere, and see whether it is taken.

        One over the broker's limit would close the channel, come back, and so for ever.
        """
        try:
            with answered(), connection.channel() as channel:
                wire.publish(channel, "", "size-check", b"x" * wire.MAX_BODY)
                channel.basic_qos(0, 1, False)  # answered after the publish
        except ChannelError as exc:
            raise ConfigurationError(f"the broker refuses {wire.MAX_BODY} bytes: {exc}") from exc

    def get_consumers(self, consumer_cls: Callable[..., Any], channel: Any) -> Iterable[Any]:
        """Return one consumer per provider, made after each (re)connection (a hook of kombu's)."""
        wire.prepare(channel)
        self._consumers, self._consumer_cls = {}, consumer_cls
        self._set_up(channel, self._providers - self._leaving)
        return list(self._consumers.values())

    def _dispatch(self, provider: Provider, message: Any) -> None:
        """At once if a worker is free, which saves a greenthread per message.

        Otherwise in a greenthread, because the reader must never wait for a worker.
        """
        if self.container._worker_pool.free() > 0:  # noqa: SLF001 - nameko offers no other way
            _hand_over(provider, message)
        else:
            self.container.spawn_managed_thread(partial(_hand_over, provider, message))

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        for provider in list(self._providers):
            provider.on_return(routing_key, message)

    def ack_message(self, message: Any) -> None:
        """Acknowledge; if the line is gone the broker delivers again, and that is all."""
        self._settle(message, "ack")

    def requeue_message(self, message: Any) -> None:
        """Give back for redelivery."""
        self._settle(message, "requeue")

    def reject_message(self, message: Any) -> None:
        """Drop the message."""
        self._settle(message, "reject")

    def _settle(self, message: Any, how: str) -> None:
        try:
            if message.channel.connection:
                getattr(message, how)()
        except BROKEN as exc:  # nameko catches too few of these, and the process ends
            log.warning("could not %s, the broker will deliver again: %r", how, exc)


def _hand_over(provider: Provider, message: Any) -> None:
    """A provider must not raise; if it does, the message stays where it is, unacknowledged.

    It comes again with the next connection, which neither loses it nor spins.
    """
    try:
        provider.on_message(message)
    except Exception:
        log.exception("a message of queue %s was not taken", provider.queue.name)
