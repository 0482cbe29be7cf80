"""The client half: the bus as kombu expects to see it, which is as py-amqp shows RabbitMQ.

Each connection has an inbox. The bus puts arrivals there; ``drain_events`` sleeps on it.
"""

from contextlib import AbstractContextManager, nullcontext
from itertools import count
from typing import Any

from amqp.exceptions import RecoverableConnectionError
from eventlet.queue import Empty, LightQueue
from kombu.transport import base, pyamqp

from chassis.bus.embedded.broker import Bus, current_thread_id
from chassis.bus.embedded.channel import Channel
from chassis.bus.embedded.exchanges import MATCHERS


class NothingToFlush:
    """Stands for ``wire.FrameBuffer``: inside one process a write is a call."""

    def one_write(self) -> AbstractContextManager[None]:
        """Hold nothing back: nothing yields in here, so what is published arrives together."""
        return nullcontext()


class EmbeddedConnection:
    """A client's line to its bus, with the inbox in which arrivals wait for the client."""

    heartbeat = 0  # a line inside one process does not go dead
    frame_buffer = NothingToFlush()

    def __init__(self, bus: Bus, client: Any) -> None:
        if bus.thread_id != current_thread_id():
            raise RuntimeError("embedded bus: used from a second OS thread")
        self.bus, self.client = bus, client
        self.inbox: Any = LightQueue()  # of functions: what to do about each arrival
        self.channels: set[Channel] = set()
        self.connected = True
        self._channel_ids = count(1)
        bus.connections.add(self)

    def channel(self) -> Channel:
        """Open a new channel."""
        self._require_open()
        channel = Channel(self, next(self._channel_ids))
        self.channels.add(channel)
        return channel

    def drain_events(self, timeout: float | None = None) -> None:
        """Sleep until something arrives, and deal with that one thing."""
        self._require_open()
        try:
            deal_with_it = self.inbox.get(timeout=timeout)
        except Empty:
            raise TimeoutError("timed out") from None
        self._require_open()  # it may have been closed in the meantime
        deal_with_it()

    def wake(self) -> None:
        """Let ``drain_events`` return, for its caller to look at its own state again."""
        self.inbox.put(_nothing)

    def close(self) -> None:
        """Hang up: what was not acknowledged goes back to its queues."""
        for channel in list(self.channels):
            channel.close()
        self.bus.leave(self)
        self.connected = False
        self.wake()

    collect = close  # kombu's name for closing a line that failed

    def heartbeat_tick(self, rate: int = 2) -> None:
        """Do nothing: there is nothing to send."""

    def _require_open(self) -> None:
        if not self.connected:
            raise RecoverableConnectionError("connection is closed")


class Transport(pyamqp.Transport):
    """kombu's AMQP transport with the network taken out: same errors, same messages."""

    driver_type = driver_name = "embedded"
    implements = base.Transport.implements.extend(exchange_type=frozenset(MATCHERS))
    default_connection_params = {"hostname": "default", "port": None}  # noqa: RUF012 - kombu's

    def establish_connection(self) -> EmbeddedConnection:
        """Open a line to the bus that the URL names."""
        return EmbeddedConnection(Bus.named[bus_name(self.client)], self.client)

    def qos_semantics_matches_spec(self, connection: EmbeddedConnection) -> bool:
        """Return False: the prefetch limit is per consumer, as in RabbitMQ."""
        return False


def bus_name(client: Any) -> str:
    """Return the bus that a URL names: ``shop/blue`` for ``embedded://shop/blue``."""
    path = client.virtual_host.strip("/")
    return "/".join(filter(None, [client.hostname or "default", path]))


def _nothing() -> None:
    """An arrival that only wakes."""
