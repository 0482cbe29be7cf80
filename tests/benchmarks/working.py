"""Conducts the measurement of the practice's messages on a private RabbitMQ and PostgreSQL."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Any

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
        served = _start(cleanup, "server", env)
        env["BENCH_PRACTICE"] = _line(served)
        client = _start(cleanup, "client", env)
        _line(client)
        found = [_round(client, calls) for _ in range(rounds + 1)][1:]  # the first warms up
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


def _start(cleanup: ExitStack, role: str, env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.practice", role]
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    cleanup.callback(process.communicate)
    cleanup.callback(process.terminate)
    return process


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError("a process of the benchmark ended")
    return line


def _round(client: subprocess.Popen[str], calls: int) -> dict[str, dict[str, float]]:
    assert client.stdin is not None
    client.stdin.write(f"{calls}\n")
    client.stdin.flush()
    found: dict[str, dict[str, float]] = json.loads(_line(client))
    return found
