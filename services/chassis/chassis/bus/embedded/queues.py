"""Queues: messages in order, pushed the moment a consumer has room for one.

Nothing here yields to another greenthread, so each call is atomic and needs no lock, and
nothing polls.
"""

from bisect import insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import inf
from operator import attrgetter
from time import monotonic
from typing import Any

from eventlet.hubs import get_hub

MEANT_FOR_DISKS = {"x-queue-type", "x-delivery-limit", "x-overflow"}  # no meaning in memory
UNDERSTOOD = {"x-expires", "x-message-ttl"} | MEANT_FOR_DISKS


@dataclass(frozen=True, slots=True)
class Envelope:
    """A published message in wire form: bytes, so that no two parties can share an object."""

    exchange: str
    routing_key: str
    properties: bytes
    body: bytes
    ttl: float = inf  # seconds


class Receipt:
    """Tells a publisher that every copy of its message is settled.

    Nobody has to handle it any more: that was done, refused, too late, or dropped on purpose.
    """

    def __init__(self, copies: int, on_settled: Callable[[], None]) -> None:
        self._open, self._on_settled = copies, on_settled

    def settle_one(self) -> None:
        """Note that one queue is done with its copy."""
        self._open -= 1
        if self._open == 0:
            self._on_settled()


@dataclass(slots=True)
class Entry:
    """One queue's copy of a message; when requeued it returns to its old position."""

    envelope: Envelope
    position: int
    expires_at: float
    receipt: Receipt | None
    redelivered: bool = False

    def settle(self) -> None:
        """Note that this copy is done with."""
        if self.receipt:
            self.receipt.settle_one()


@dataclass(eq=False, slots=True)
class EmbeddedConsumer:
    """A queue's line to a client; it has credit while it holds fewer than ``prefetch``."""

    tag: str
    queue: "Queue"
    prefetch: int  # 0: no limit
    no_ack: bool
    push: Callable[["EmbeddedConsumer", Entry], None]
    on_queue_deleted: Callable[["EmbeddedConsumer"], None]
    on_message: Callable[[Any], None]
    unacked: int = 0

    def has_credit(self) -> bool:
        """Return whether the client takes another message now."""
        return self.no_ack or not self.prefetch or self.unacked < self.prefetch


class Queue:
    """Messages in order, handed round-robin to the consumers that have credit."""

    def __init__(self, name: str, arguments: dict[str, Any], delete: Callable[[], None]) -> None:
        if unknown := set(arguments) - UNDERSTOOD:
            raise NotImplementedError(f"embedded bus: queue arguments {sorted(unknown)}")
        self.name = name
        self.message_ttl = arguments.get("x-message-ttl", inf) / 1000
        self.unused_ttl = arguments.get("x-expires", inf) / 1000
        self.ready: deque[Entry] = deque()
        self.consumers: deque[EmbeddedConsumer] = deque()
        self.deleted = False
        self._delete = delete
        self._positions = count()
        self._expiry: Any = None

    def waiting(self) -> int:
        """Return how many messages wait."""
        self._drop_expired()
        return len(self.ready)

    def put(self, envelope: Envelope, receipt: Receipt | None) -> None:
        """Take a new message."""
        expires_at = monotonic() + min(envelope.ttl, self.message_ttl)
        self.ready.append(Entry(envelope, next(self._positions), expires_at, receipt))
        self.dispatch()

    def put_back(self, entry: Entry) -> None:
        """Take back a message that was not acknowledged, to its old position."""
        if self.deleted:
            entry.settle()
            return
        entry.redelivered = True
        insort(self.ready, entry, key=attrgetter("position"))
        self.dispatch()

    def dispatch(self) -> None:
        """Push what can be pushed; to be called after every gain of messages or of credit."""
        self._drop_expired()
        while self.ready and (consumer := self._next_consumer()):
            consumer.push(consumer, self.ready.popleft())
            self._drop_expired()

    def add(self, consumer: EmbeddedConsumer) -> None:
        """Begin to deliver to a client's consumer."""
        self.consumers.append(consumer)
        self.touch()
        self.dispatch()

    def remove(self, consumer: EmbeddedConsumer) -> None:
        """Stop delivering to a client's consumer."""
        self.consumers.remove(consumer)
        self.touch()

    def touch(self) -> None:
        """Restart the countdown to deletion (x-expires) of a queue that nobody consumes."""
        if self._expiry:
            self._expiry.cancel()
            self._expiry = None
        if self.unused_ttl < inf and not self.consumers:
            self._expiry = get_hub().schedule_call_global(self.unused_ttl, self._delete)

    def purge(self) -> int:
        """Forget what waits; returns how many messages that were."""
        entries = list(self.ready)
        self.ready.clear()
        for entry in entries:
            entry.settle()
        return len(entries)

    def _next_consumer(self) -> EmbeddedConsumer | None:
        for _ in range(len(self.consumers)):
            self.consumers.rotate(-1)
            if self.consumers[-1].has_credit():
                return self.consumers[-1]
        return None

    def _drop_expired(self) -> None:
        while self.ready and self.ready[0].expires_at < monotonic():
            self.ready.popleft().settle()
