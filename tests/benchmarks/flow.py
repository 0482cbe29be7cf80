"""Conducts the measurements of events on a private RabbitMQ and PostgreSQL."""

import os
import statistics
from contextlib import ExitStack
from tempfile import TemporaryDirectory

import kombu

from chassis import topology
from chassis.testing.stacks import fresh_database
from tests.benchmarks.conducting import answer, ask, started
from tests.benchmarks.figures import Figure, Figures
from tests.benchmarks.servers import Servers

NUMBER = 200  # events whose way is timed
FILL = 10_000  # events that the relay publishes


def run(servers: Servers, rounds: int) -> list[Figure]:
    """Measure milliseconds from commit to handled, and events the relay publishes a second."""
    figures = Figures()
    for _ in range(rounds):
        figures.note("an event from commit to handled", "ms", _latency(servers))
        figures.note("the relay publishes, confirmed", "/s", _rate(servers))
    return figures.all()


def _environment(cleanup: ExitStack, servers: Servers) -> dict[str, str]:
    folder = cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-"))
    env = {**os.environ, "CHAMBERS_BUS_URL": servers.bus, "CHAMBERS_DATA_DIR": folder}
    for name in ("bench_say", "bench_hear"):
        url = cleanup.enter_context(fresh_database(servers.postgres, name))
        env[f"CHAMBERS_{name.upper()}_DATABASE_URL"] = url
    return env


def _latency(servers: Servers) -> float:
    """The median of milliseconds from one process' commit to the other's."""
    _forget_what_waits(servers)
    with ExitStack() as cleanup:
        env = {**_environment(cleanup, servers), "BENCH_NUMBER": str(NUMBER)}
        hearing, saying = (started(cleanup, "events", role, env) for role in ("hear", "say"))
        for process in (hearing, saying):
            answer(process)
        committed, handled = ask(saying, NUMBER), answer(hearing)
        return statistics.median(1e3 * (handled[each] - committed[each]) for each in committed)


def _forget_what_waits(servers: Servers) -> None:
    """Delete the hearer's queue: an earlier round has filled it when it timed the relay."""
    queue = topology.event_queue("bench_say", "said.v1", "bench_hear", "on_said")
    with kombu.Connection(servers.bus) as connection:
        queue(connection.channel()).delete()


def _rate(servers: Servers) -> float:
    with ExitStack() as cleanup:
        env = {**_environment(cleanup, servers), "BENCH_FILL": str(FILL)}
        rate: float = answer(started(cleanup, "events", "drain", env))["events_a_second"]
        return rate
