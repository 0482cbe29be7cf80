"""The private servers of a run, as every part of it is told of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chassis.testing.nodes import PostgresNode, RabbitNode


@dataclass(frozen=True)
class Servers:
    """A broker and a PostgreSQL with fsync: their addresses, and their processes."""

    bus: str
    broker_pid: int
    postgres: str
    postgres_pid: int


@contextmanager
def running() -> Iterator[Servers]:
    """Start both; they are gone afterwards."""
    with RabbitNode() as rabbit, PostgresNode(durable=True) as postgres:
        yield Servers(rabbit.url, rabbit.pid, postgres.url, postgres.pid)
