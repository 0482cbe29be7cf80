"""What must be true before a service takes its first message."""

from collections.abc import Sequence

import eventlet
import sqlalchemy as sa
from eventlet import patcher

from chassis import migrations
from chassis.config import Configuration
from chassis.doors import services_among
from chassis.store import Store

QUERY_SECONDS = 0.2
TICK_SECONDS = 0.01


class NotReachable(Exception):
    """Broker or database does not answer, or refuses us; the message says which and why."""


def problems(configuration: Configuration, services: Sequence[str]) -> list[str]:
    """Return what to put right, a sentence each; empty when the services may start.

    Raises NotReachable for a database that does not answer.
    """
    found = configuration.problems(services)
    if not patcher.is_monkey_patched("socket"):
        found.append("eventlet has not patched the standard library: import chassis.patch first")
    if found:
        return found
    for service in services_among(services):
        found += _database_problems(service, str(configuration.service(service)["database_url"]))
    return found


def _database_problems(service: str, url: str) -> list[str]:
    try:
        current, head = migrations.current(service, url), migrations.head(service)
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        raise NotReachable(f"{service}: the database does not answer: {reason}") from error
    if current != head:
        return [f"{service}: the schema is at {current}, not {head}: chambers migrate {service}"]
    if not query_is_green(url):
        return [f"{service}: a slow query stops the whole process: use postgresql+psycopg2://"]
    return []


def query_is_green(url: str) -> bool:
    """Return whether other greenthreads go on during a slow query; SQLite has none that is slow."""
    store = Store(url, pool_size=1)
    if store.sqlite:
        return True
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        while True:
            eventlet.sleep(TICK_SECONDS)
            ticks += 1

    ticker = eventlet.spawn(tick)
    try:
        with store.begin(read_only=True) as session:
            session.execute(sa.text("SELECT pg_sleep(:seconds)"), {"seconds": QUERY_SECONDS})
    finally:
        ticker.kill()
        store.close()
    return ticks >= QUERY_SECONDS / TICK_SECONDS / 4
