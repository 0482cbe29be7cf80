"""A QueueConsumer that stops promptly, after its handlers, and also while the broker is away."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
from nameko import messaging

from chassis.bus import wire
from chassis.bus.wire import BROKEN, BusUnavailable
from chassis.saying import Rarely

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Asked to stop while the broker is away."""


class StoppingConsumer(messaging.QueueConsumer):
    """The QueueConsumer of nameko, with its ways of stopping mended."""

    _pending_remove_providers: dict[Any, Any]
    _consumers: dict[Any, Any]  # by provider

    def __init__(self) -> None:
        self._channel: Any = None
        self._leaving: set[Any] = set()
        self._otherwise: set[Any] = set()  # providers whose queues exist with other properties
        self._trouble = Rarely(log)
        super().__init__()

    def on_iteration(self) -> None:
        """Stop when nothing is consumed and nothing runs (a hook of kombu's).

        By itself nameko closes the connection although handlers still run; their messages
        would be delivered again.
        """
        self._cancel_consumers_if_requested()
        waiting = self._otherwise - self._leaving
        if not self._consumers and not waiting and not self._is_working():
            self.should_stop = True
            self._wake()  # kombu reads once more before it looks

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """Answer requests to stop while the broker is away: nobody reads then."""
        self._trouble.warn(repr(exc), "no connection to the broker (%r), trying again", exc)
        self._cancel_consumers_if_requested()
        if self.should_stop or (self._leaving >= self._providers and not self._is_working()):
            raise Stopped

    def unregister_provider(self, provider: Any) -> None:
        """Take the provider off; returns when it gets no more messages."""
        if self._consumers_ready.ready():
            self._wake()
            super().unregister_provider(provider)
        elif not self._last_provider_unregistered.ready():
            self._last_provider_unregistered.send()

    def stop(self) -> None:
        """Stop consuming; returns when the connection is closed."""
        if not self._consumers_ready.ready():
            self.should_stop = True  # the next failed attempt to connect looks at it
            if self._gt is not None:
                self._gt.wait()
            return
        self._wake()
        super().stop()

    def kill(self) -> None:
        """Stop, as ``stop`` does, without waiting for handlers."""
        self.should_stop = True
        self._wake()
        super().kill()

    def _report_stopped(self) -> None:
        """Whoever waits for the start is told that there will be none."""
        if not self._consumers_ready.ready():
            self._consumers_ready.send_exception(messaging.QueueConsumerStopped())

    def _wake(self) -> None:
        """The reader looks at requests to stop between two readings, up to a second apart."""
        if self._channel is not None:
            wire.wake(self._channel)

    def _is_working(self) -> bool:
        return bool(self.container._worker_pool.running())  # noqa: SLF001 - no other way

    def _cancel_consumers_if_requested(self) -> None:
        """In nameko the request is lost, and the stop hangs, if the line is lost meanwhile."""
        requests, self._pending_remove_providers = self._pending_remove_providers, {}
        for provider, removed in requests.items():
            self._leaving.add(provider)
            if consumer := self._consumers.pop(provider, None):
                _cancel(consumer)
            removed.send()

    @contextmanager
    def _consume_from(self, *consumers: Any) -> Iterator[tuple[Any, ...]]:
        """Cancel what is left in good order (kombu's own would wait for ever)."""
        yield consumers
        for consumer in consumers:
            _cancel(consumer)


def _cancel(consumer: Any) -> None:
    """Cancel, or else drop the connection: it is dead, and nothing may wait for it again."""
    line = consumer.channel.connection
    try:
        with eventlet.Timeout(wire.HANDSHAKE, BusUnavailable("no answer")):
            consumer.cancel()
    except (*BROKEN, BusUnavailable) as exc:
        log.warning("not cancelled, dropping the connection: %r", exc)
        if line is not None:
            line.collect()
