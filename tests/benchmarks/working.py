"""Conducts the measurement of the practice's messages on a private RabbitMQ and PostgreSQL."""

import json
import os
import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.conducting import answer, ask, started

MESSAGES = {
    "invite": "invite one person (command)",
    "home_page": "home page, 50 of 100,000 clients",
}
LOADS = {"one": "one at a time", "many": "by 20"}
SHARE = 0.25  # of the rounds' calls: these messages cost many times an echo


def run(bus: str, server: str, rounds: int, calls: int) -> dict[str, dict[str, float]]:
    """Medians per message: ``one`` and ``many`` in calls a second."""
    calls = max(20, int(calls * SHARE))
    with ExitStack() as cleanup:
        env = {
            **os.environ,
            "BENCH_DATA": cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-")),
            "BENCH_LICENSES": str(2 * calls * (rounds + 1)),
            "CHAMBERS_TEST_RABBITMQ_URL": bus,
            "CHAMBERS_TEST_POSTGRES_URL": server,
        }
        env["BENCH_PRACTICE"] = json.dumps(answer(started(cleanup, "practice", "server", env)))
        client = started(cleanup, "practice", "client", env)
        answer(client)
        found = [ask(client, calls) for _ in range(rounds + 1)][1:]  # the first warms up
    return {
        message: {load: statistics.median(one[message][load] for one in found) for load in LOADS}
        for message in MESSAGES
    }


def rows(
    practice: Mapping[str, Mapping[str, float]], echo: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Each message's rate as a share of the echo's in the same run; these have no goal."""
    return [
        {
            "what": f"{what}: {words}",
            "rate": practice[message][load],
            "of_the_echo": round(practice[message][load] / echo[load], 3),
        }
        for message, what in MESSAGES.items()
        for load, words in LOADS.items()
    ]
