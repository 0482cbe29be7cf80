"""Hears what is said now, in every process that listens, and forgets it with the process.

For who only shows the present: what was said while nobody listened is asked for anew, never missed.
What has to be done once, whatever happens, is heard by ``@on_event``.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from kombu import Queue
from nameko.extensions import Extension

from chassis import topology
from chassis.bus.consumer import Provider, QueueConsumer
from chassis.ids import uuid7

log = logging.getLogger(__name__)


class News(Provider, Extension):
    """One kind of event, heard on a queue of this process' own that goes with its connection.

    ``hear`` says who is told; the teller must not wait.
    """

    queue_consumer = QueueConsumer()

    def __init__(self, source: str, event_type: str) -> None:
        super().__init__()
        self.source = source
        self.event_type = event_type
        self._told: Callable[[Mapping[str, Any]], None] = _nobody

    def hear(self, told: Callable[[Mapping[str, Any]], None]) -> None:
        """Have every event's data handed to ``told`` from now on."""
        self._told = told

    def setup(self) -> None:
        """Ask to be fed from a queue of this process' own (a hook of nameko's)."""
        self._name_queue()
        self.queue_consumer.register_provider(self)

    def stop(self) -> None:
        """Hear no more (a hook of nameko's)."""
        self.queue_consumer.unregister_provider(self)

    def on_message(self, message: Any) -> None:
        """Tell it, if it can be read; it is gone either way."""
        self.queue_consumer.ack_message(message)
        try:
            data = orjson.loads(message.body)["data"]
            self._told(data)
        except (ValueError, TypeError, KeyError):
            log.warning("news that cannot be read: %s", self.event_type)

    def on_connection_lost(self) -> None:
        """Take another queue with the next connection: the broker may hold the old one a while."""
        self._name_queue()

    def _name_queue(self) -> None:
        self.queue = Queue(
            f"news-{self.container.service_name}-{uuid7()}",
            exchange=topology.event_exchange(self.source),
            routing_key=self.event_type,
            durable=False,
            exclusive=True,
            auto_delete=True,
        )


def _nobody(_: Mapping[str, Any]) -> None:
    """Nobody listens yet."""
