"""Publishing that is confirmed: for the relay of events, on a connection of its own.

Nothing waits in ``publish``; what became of the messages is asked for with ``drain``.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count, takewhile
from typing import Any, Literal, NamedTuple

import eventlet
import kombu
from eventlet.event import Event

from chassis.bus import wire
from chassis.bus.declaring import Declarer, describe
from chassis.bus.wire import BROKEN, BusUnavailable

__all__ = ["BusUnavailable", "ConfirmingChannel", "Outcome"]

log = logging.getLogger(__name__)

SEQUENCE = "chambers.sequence"  # header that tells a returned message's number
READ_TIMEOUT = 1.0  # seconds between two looks at the heartbeat


class Outcome(NamedTuple):
    """What became of the message with this tag.

    ``confirmed``: RabbitMQ has it on disk; on the embedded bus every queue it went to has had
    it settled. ``returned``: mandatory, and there is no queue for it. ``nacked``: the broker
    could not take it; it should be sent again.
    """

    tag: Any
    state: Literal["confirmed", "returned", "nacked"]


class ConfirmingChannel:
    """Opens its connection when it is first needed, and again after it was lost.

    One greenthread may publish and drain; an inner one reads. ``config`` has nameko's keys.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self._connection: kombu.Connection | None = None
        self._channel: Any = None
        self._reader: Any = None
        self._failure: Exception | None = None
        self._outstanding: dict[int, Any] = {}  # tags by sequence number, in order
        self._returned: set[int] = set()
        self._outcomes: list[Outcome] = []
        self._news = Event()

    def __len__(self) -> int:
        """Return how many messages are neither decided nor forgotten."""
        return len(self._outstanding)

    def publish(
        self,
        exchange: str,
        routing_key: str,
        body: bytes,
        tag: Any,
        *,
        mandatory: bool = False,
        **properties: Any,
    ) -> None:
        """Send one persistent message.

        Raises BusUnavailable when there is no connection, or none any more: then everything
        that had no outcome yet is forgotten and must go again.
        """
        self._raise_failure()
        channel = self._open_channel()
        number = next(self._numbers)
        headers = {**properties.pop("application_headers", {}), SEQUENCE: number}
        self._outstanding[number] = tag
        try:
            wire.publish(
                channel, exchange, routing_key, body, mandatory=mandatory, persistent=True,
                application_headers=headers, **properties,
            )  # fmt: skip
        except BROKEN as exc:
            self._lose(exc)
            self._raise_failure()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Hold back what is published inside, so that it leaves in one write.

        Do not wait for anything inside. Raises BusUnavailable, see ``publish``.
        """
        self._raise_failure()
        channel = self._open_channel()
        try:
            with wire.one_write(channel):
                yield
        except BROKEN as exc:
            self._lose(exc)
            self._raise_failure()

    def drain(self, timeout: float) -> list[Outcome]:
        """Return what was decided since the last call, in any order.

        Waits up to ``timeout`` seconds for the first. Raises BusUnavailable, see ``publish``.
        """
        self._raise_failure()
        if not self._outcomes and self._outstanding:
            self._news = Event()
            with eventlet.Timeout(timeout, exception=False):
                self._news.wait()
            self._raise_failure()
        outcomes, self._outcomes = self._outcomes, []
        return outcomes

    def declare(self, entities: Iterable[kombu.Exchange | kombu.Queue]) -> None:
        """Make sure these exist, a queue with its exchange and binding.

        A queue that the broker has with other properties is named in the log and left as it is:
        it is about its consumer alone. Raises BusUnavailable, also for an exchange like that.
        """
        with self._opened() as connection:
            declarer = Declarer(connection.channel)
            for entity in entities:
                if refusal := declarer.refusal(entity):
                    if isinstance(entity, kombu.Exchange):
                        raise refusal
                    log.warning(describe(entity, refusal))
            connection.release()

    def waiting(self, queue: kombu.Queue) -> int:
        """Return how many messages wait in the queue; those being handled are not among them.

        Raises BusUnavailable, also when there is no such queue.
        """
        with self._opened() as connection:
            found = queue(connection.default_channel).queue_declare(passive=True)
            connection.release()
        return int(found.message_count)

    def close(self) -> None:
        """Hang up. What has no outcome yet is forgotten; RabbitMQ may have taken it."""
        if self._connection is not None:
            self._reader.kill()
            with eventlet.Timeout(wire.HANDSHAKE, exception=False):
                self._connection.release()
        self._forget()

    # --- the connection --------------------------------------------------------------------

    def _open_channel(self) -> Any:
        if self._channel is None:
            with self._opened() as connection:
                channel = connection.channel()
                channel.confirm_select()
            channel.events["basic_ack"].add(self._on_ack)
            channel.events["basic_nack"].add(self._on_nack)
            channel.events["basic_return"].add(self._on_return)
            self._connection, self._channel, self._numbers = connection, channel, count(1)
            self._reader = eventlet.spawn(self._read, connection)
        return self._channel

    @contextmanager
    def _opened(self) -> Iterator[kombu.Connection]:
        """Yield an open connection, for something that must not take long."""
        connection = wire.connection(self._config)
        try:
            with eventlet.Timeout(wire.HANDSHAKE, TimeoutError("the broker does not answer")):
                wire.open_now(connection)
                yield connection
        except BROKEN as exc:
            connection.collect()  # without goodbye, which on a dead line is waited for
            raise BusUnavailable(f"the broker: {exc}") from exc

    def _read(self, connection: kombu.Connection) -> None:
        try:
            while True:
                try:
                    connection.drain_events(timeout=READ_TIMEOUT)
                except TimeoutError:
                    connection.heartbeat_check()
        except Exception as exc:  # noqa: BLE001 - an unread connection would never be noticed
            if self._connection is connection:
                self._lose(exc)

    def _lose(self, exc: Exception) -> None:
        log.warning("connection for events lost: %r", exc)
        if self._outstanding:
            self._failure = BusUnavailable(f"the connection was lost: {exc}")
        self._forget()
        self._tell()

    def _forget(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        self._outstanding, self._returned = {}, set()  # what was decided stays to be drained
        if connection is not None:
            connection.collect()  # without goodbye, which on a dead line is waited for

    def _raise_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    # --- what the broker says --------------------------------------------------------------

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        self._returned.add(message.properties["application_headers"][SEQUENCE])

    def _on_ack(self, number: int, multiple: bool) -> None:
        for decided in self._decided(number, multiple):
            returned = decided in self._returned
            self._returned.discard(decided)
            self._decide(decided, "returned" if returned else "confirmed")
        self._tell()

    def _on_nack(self, number: int, multiple: bool) -> None:
        for decided in self._decided(number, multiple):
            self._decide(decided, "nacked")
        self._tell()

    def _decided(self, number: int, multiple: bool) -> list[int]:
        if not multiple:
            return [number] if number in self._outstanding else []
        return list(takewhile(lambda outstanding: outstanding <= number, self._outstanding))

    def _decide(self, number: int, state: Literal["confirmed", "returned", "nacked"]) -> None:
        self._outcomes.append(Outcome(self._outstanding.pop(number), state))

    def _tell(self) -> None:
        if not self._news.ready():
            self._news.send()
