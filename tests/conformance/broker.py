"""What the conformance tests need of a bus, whichever it is."""

import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import eventlet
import kombu

import chassis.bus  # noqa: F401  - registers the embedded bus
from chassis.bus import wire
from chassis.rpc.container import Container
from chassis.rpc.standalone import Client


def eventually(condition: Callable[[], Any], timeout: float = 5.0) -> Any:
    """Wait for ``condition()`` to be true, giving others their turn; returns its value."""
    end = time.monotonic() + timeout
    while not (found := condition()):
        assert time.monotonic() < end, f"did not happen in time, last seen: {found!r}"
        eventlet.sleep(0.01)
    return found


class Stopwatch:
    """``with Stopwatch() as took: ...`` and then ``took.seconds``."""

    def __enter__(self):
        self._start = time.monotonic()
        return self

    def __exit__(self, *_):
        self.seconds = time.monotonic() - self._start


class Broker:
    """One bus under test. Names are unique, and what was declared is deleted afterwards."""

    def __init__(self, url: str, cleanup: ExitStack, declared: set[tuple[str, str]]):
        self.url, self._cleanup, self.declared = url, cleanup, declared
        self._mark = secrets.token_hex(4)
        self.config = {
            "AMQP_URI": url,
            "rpc_exchange": self.unique("rpc"),
            "max_workers": 10,
            "SERVICE_CONTAINER_CLS": "chassis.rpc.container.Container",
        }

    def unique(self, name: str) -> str:
        return f"{name}-{self._mark}"

    def connect(self) -> kombu.Connection:
        connection = wire.connection(self.config)
        self._cleanup.callback(connection.collect)
        connection.connect()
        return connection

    @property
    def exchange(self) -> kombu.Exchange:
        return kombu.Exchange(self.unique("exchange"), "topic", durable=True)

    def queue(self, name="queue", routing_key="key", *, channel=None, exchange=None, **options):
        """A declared queue, bound to the test's exchange."""
        exchange = exchange or self.exchange
        queue = kombu.Queue(self.unique(name), exchange, routing_key, **options)
        queue = queue(channel or self.connect().default_channel)
        queue.declare()
        return queue

    def publish(self, *bodies, routing_key="key", exchange=None, **options):
        """Send the bodies, and wait until the bus has routed them."""
        channel = self.connect().channel()
        exchange = self.exchange.name if exchange is None else exchange
        for body in bodies:
            wire.publish(channel, exchange, routing_key, wire.encode(body), **options)
        channel.basic_qos(0, 1, False)  # its answer comes after the messages were routed

    def depth(self, queue_name: str) -> int:
        """How many messages wait in the queue."""
        return self.connect().channel().queue_declare(queue_name, passive=True).message_count

    def start(self, service: type, **config) -> Container:
        """Run a service under a name of its own, with empty ``started`` and ``ended``."""
        container = self.prepare(service, **config)
        container.start()
        return container

    def prepare(self, service: type, **config) -> Container:
        """As ``start``, not started."""
        own = {"name": self.unique(service.name), "started": [], "ended": []}
        return self._container(type(service.__name__, (service,), own), config)

    def start_again(self, service: type, **config) -> Container:
        """Run the service under the name and with the lists that it has."""
        container = self._container(service, config)
        container.start()
        return container

    def _container(self, service: type, config) -> Container:
        container = Container(service, {**self.config, **config})
        self._cleanup.callback(container.kill)
        return container

    def client(self, **config) -> Client:
        return self._cleanup.enter_context(Client({**self.config, **config}))

    def delete_declared(self) -> None:
        with wire.connection(self.config) as connection:
            for kind, name in self.declared:
                getattr(connection.channel(), f"{kind}_delete")(name)


class Inbox:
    """A consumer that keeps what it gets."""

    def __init__(self, queue, connection, prefetch=0, **options):
        self.messages, self.connection = [], connection
        self.consumer = connection.Consumer(queue, on_message=self.messages.append, **options)
        self.consumer.qos(prefetch_count=prefetch)
        self.consumer.consume()

    def receive(self, silence=0.1):
        """All that arrives until nothing has arrived for a while."""
        received = len(self.messages)
        try:
            while True:
                self.connection.drain_events(timeout=silence)
        except TimeoutError:
            return self.messages[received:]

    def bodies(self):
        return [message.payload for message in self.receive()]
