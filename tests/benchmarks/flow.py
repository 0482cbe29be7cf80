"""Conducts the measurements of events on a private RabbitMQ and PostgreSQL."""

import os
import statistics
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Any

from chassis.testing.stacks import fresh_database
from tests.benchmarks.conducting import answer, ask, started

NUMBER = 200  # events whose way is timed
FILL = 20_000  # events that the relay publishes
ROUNDS = 5
GOALS = {"median_ms": 10.0, "events_a_second": 3_000.0}


def run(bus: str, server: str, rounds: int = ROUNDS) -> dict[str, Any]:
    """``median_ms`` from commit to handled, and ``events_a_second`` of the relay."""
    waits = [_latency(bus, server) for _ in range(rounds)]
    rates = [_rate(bus, server) for _ in range(rounds)]
    return {
        "median_ms": statistics.median(waits),
        "events_a_second": statistics.median(rates),
    }


def _environment(cleanup: ExitStack, bus: str, server: str) -> dict[str, str]:
    folder = cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-"))
    env = {**os.environ, "CHAMBERS_BUS_URL": bus, "CHAMBERS_DATA_DIR": folder}
    for name in ("bench_say", "bench_hear"):
        url = cleanup.enter_context(fresh_database(server, name))
        env[f"CHAMBERS_{name.upper()}_DATABASE_URL"] = url
    return env


def _latency(bus: str, server: str) -> float:
    """The median of milliseconds from one process' commit to the other's."""
    with ExitStack() as cleanup:
        env = {**_environment(cleanup, bus, server), "BENCH_NUMBER": str(NUMBER)}
        hearing, saying = (started(cleanup, "events", role, env) for role in ("hear", "say"))
        for process in (hearing, saying):
            answer(process)
        committed, handled = ask(saying, NUMBER), answer(hearing)
        return statistics.median(1e3 * (handled[each] - committed[each]) for each in committed)


def _rate(bus: str, server: str) -> float:
    with ExitStack() as cleanup:
        env = {**_environment(cleanup, bus, server), "BENCH_FILL": str(FILL)}
        rate: float = answer(started(cleanup, "events", "drain", env))["events_a_second"]
        return rate
