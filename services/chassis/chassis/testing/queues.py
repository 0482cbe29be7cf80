"""The broker's queues, for a world in which not every service runs."""

from collections.abc import Iterator

import kombu

from chassis import topology
from chassis.config import Configuration
from chassis.consumers import consumers_of
from chassis.runner import installed_services


def settle_for_others(configuration: Configuration, services: list[str]) -> None:
    """Take the events for services that do not run; the embedded bus confirms what all settled."""
    queues = [queue for consumer, queue in _event_queues(services) if consumer not in services]
    if not queues:
        return
    with (
        kombu.Connection(configuration.get("bus.url")) as connection,
        kombu.Consumer(connection, queues, on_message=lambda message: message.ack()),
    ):
        while True:
            connection.drain_events()


def delete_queues(configuration: Configuration, services: list[str]) -> None:
    """Delete the queues of these services.

    A broker that served another run may still hold its messages, and queues nobody serves.
    """
    with kombu.Connection(configuration.get("bus.url")) as connection:
        for _, queue in _event_queues(services):
            queue(connection.channel()).delete()
        for source in installed_services():
            kombu.Queue(f"rpc-{source}")(connection.channel()).delete()


def _event_queues(services: list[str]) -> Iterator[tuple[str, kombu.Queue]]:
    """Yield each consumer of an event of these services, and the queue in which it waits for it."""
    for source in services:
        for event_type, listening in consumers_of(source).items():
            for consumer, handler in listening:
                yield consumer, topology.event_queue(source, event_type, consumer, handler)
