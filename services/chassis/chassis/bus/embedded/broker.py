"""The broker half: buses by name, each with its exchanges, its queues and its connections."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from amqp.exceptions import NotFound, ResourceLocked
from eventlet.patcher import original

from chassis.bus.embedded.exchanges import MATCHERS, Declaration, Exchange
from chassis.bus.embedded.queues import Envelope, Queue, Receipt

current_thread_id: Callable[[], int] = original("_thread").get_ident


class Bus:
    """One virtual host. ``Bus.named["shop"]`` is the bus of ``embedded://shop``."""

    named: ClassVar[defaultdict[str, "Bus"]]

    def __init__(self) -> None:
        self.exchanges = {f"amq.{type_}": Exchange(Declaration(type_)) for type_ in MATCHERS}
        self.queues: dict[str, Queue] = {}
        self.connections: set[Any] = set()
        self.thread_id = current_thread_id()
        self._declarations: dict[str, Declaration] = {}
        self._owners: dict[str, object] = {}

    def declare_exchange(self, name: str, declaration: Declaration) -> None:
        """Create it, or find that it is there and the same."""
        if declaration.type not in MATCHERS:
            raise NotImplementedError(f"embedded bus: exchange type {declaration.type!r}")
        found = self.exchanges.setdefault(name, Exchange(declaration))
        found.declared_as.require(declaration, name)

    def declare_queue(self, name: str, declaration: Declaration, user: object) -> Queue:
        """Create it, or find that it is there and the same. ``user``: the connection."""
        if name not in self.queues:
            delete = partial(self.delete_queue, name)
            self.queues[name] = Queue(name, declaration.arguments, delete)
            self._declarations[name] = declaration
            if declaration.exclusive:
                self._owners[name] = user
        queue = self.queue(name, user)
        self._declarations[name].require(declaration, name)
        return queue

    def exchange(self, name: str) -> Exchange:
        """Return the exchange of that name. Raises amqp's NotFound."""
        if name not in self.exchanges:
            raise NotFound(f"NOT_FOUND - no exchange {name!r}")
        return self.exchanges[name]

    def queue(self, name: str, user: object) -> Queue:
        """Return the queue of that name.

        Raises amqp's NotFound, or ResourceLocked if it belongs to another connection.
        """
        if name not in self.queues:
            raise NotFound(f"NOT_FOUND - no queue {name!r}")
        if self._owners.get(name, user) is not user:
            raise ResourceLocked(f"RESOURCE_LOCKED - queue {name!r} is exclusive to another")
        return self.queues[name]

    def publish(self, envelope: Envelope, on_settled: Callable[[], None] | None = None) -> int:
        """Put the message into every queue it is routed to; returns how many those are.

        ``on_settled`` is called when the last of them has had its copy settled.
        """
        queues = self._route(envelope.exchange, envelope.routing_key)
        receipt = Receipt(len(queues), on_settled) if on_settled and queues else None
        for queue in queues:
            queue.put(envelope, receipt)
        return len(queues)

    def consumer_left(self, queue: Queue) -> None:
        """Delete an auto-delete queue that has lost its last consumer."""
        declaration = self._declarations.get(queue.name)
        if declaration and declaration.auto_delete and not queue.consumers:
            self.delete_queue(queue.name)

    def delete_queue(self, name: str) -> None:
        """Forget the queue, its bindings and what waits in it."""
        if (queue := self.queues.pop(name, None)) is None:
            return
        del self._declarations[name]
        self._owners.pop(name, None)
        self._unbind(queue)
        queue.deleted = True
        queue.purge()
        for consumer in list(queue.consumers):
            consumer.on_queue_deleted(consumer)

    def leave(self, connection: Any) -> None:
        """Forget a connection that was closed; its exclusive queues go with it."""
        for name in [name for name, owner in self._owners.items() if owner is connection]:
            self.delete_queue(name)
        self.connections.discard(connection)

    def purge(self) -> None:
        """Forget all waiting messages; topology and connections stay."""
        for queue in self.queues.values():
            queue.purge()

    def disconnect_all(self) -> None:
        """Drop every connection, as a network failure would; clients may reconnect."""
        for connection in list(self.connections):
            connection.close()

    def _unbind(self, queue: Queue) -> None:
        for name, exchange in list(self.exchanges.items()):
            bound = [key for key, target in exchange.bindings.items() if target is queue]
            for key in bound:
                del exchange.bindings[key]
            if bound and exchange.declared_as.auto_delete and not exchange.bindings:
                del self.exchanges[name]

    def _route(self, exchange: str, routing_key: str) -> list[Queue]:
        if exchange:
            return self.exchange(exchange).route(routing_key)
        # the default exchange routes to the queue of that name
        return [self.queues[routing_key]] if routing_key in self.queues else []


Bus.named = defaultdict(Bus)
