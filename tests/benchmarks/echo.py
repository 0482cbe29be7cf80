"""Echo by RPC: the chassis against stock nameko, FastStream and bare py-amqp, in one run."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

COMPETITORS = {
    "stock nameko": ("stock", ("server", "client")),
    "FastStream": ("fast_stream", ("server", "client")),
    "bare py-amqp": ("bare", ("server", "client")),
    "chambers": ("ours", ("server", "client")),
    "chambers, embedded bus": ("ours", ("both",)),
}
GOALS = {
    ("chambers", "stock nameko", "one"): 1.8,
    ("chambers", "stock nameko", "many"): 3.0,
    ("chambers", "FastStream", "one"): 1.8,
    ("chambers", "FastStream", "many"): 3.0,
    ("chambers", "bare py-amqp", "one"): 0.5,
    ("chambers", "bare py-amqp", "many"): 0.5,
    ("chambers, embedded bus", "stock nameko", "one"): 2.5,
    ("chambers, embedded bus", "stock nameko", "many"): 2.5,
}


class Competitor:
    """Its processes, and what they measured."""

    def __init__(self, label: str, module: str, roles: tuple[str, ...], bus: str, data: str):
        self.label = label
        self.results: list[Mapping[str, float]] = []
        folder = Path(data) / module / "-".join(roles)
        folder.mkdir(parents=True)
        embedded = {"BENCH_BUS": "embedded://bench"} if roles == ("both",) else {"BENCH_BUS": bus}
        self._env = {**os.environ, **embedded, "BENCH_DATA": str(folder)}
        self._processes: list[subprocess.Popen[str]] = []
        for role in roles:
            self._start(module, role)

    def _start(self, module: str, role: str) -> None:
        command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{module}", role]
        process = subprocess.Popen(
            command, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._processes.append(process)
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            self.stop()
            raise RuntimeError(f"{self.label} ({role}) did not start")

    def run(self, calls: int) -> None:
        """One round; its result is kept."""
        client = self._processes[-1]
        assert client.stdin is not None
        assert client.stdout is not None
        client.stdin.write(f"{calls}\n")
        client.stdin.flush()
        self.results.append(json.loads(client.stdout.readline()))

    def median(self, key: str) -> float:
        """Of all rounds but the first, which warms up."""
        return statistics.median(result[key] for result in self.results[1:])

    def stop(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.kill()
            process.communicate()


def run(bus: str, rounds: int, calls: int) -> dict[str, dict[str, float]]:
    """Medians per competitor: ``one`` and ``many`` in calls a second, ``client_us``."""
    with ExitStack() as cleanup:
        data = cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-"))
        competitors = []
        for label, (module, roles) in COMPETITORS.items():
            competitors.append(Competitor(label, module, roles, bus, data))
            cleanup.callback(competitors[-1].stop)
        for number in range(rounds + 1):
            for competitor in competitors[:: (-1) ** number]:  # nobody is always first
                competitor.run(calls if number else 200)
        keys = ("one", "many", "client_us")
        return {c.label: {key: c.median(key) for key in keys} for c in competitors}


def ratios(medians: Mapping[str, Mapping[str, float]]) -> list[dict[str, Any]]:
    """Each goal with the ratio that was reached."""
    rows = []
    for (mine, other, key), goal in GOALS.items():
        ratio = medians[mine][key] / medians[other][key]
        load = "one at a time" if key == "one" else "by 20"
        what = f"{mine} : {other}, {load}"
        row = {"what": what, "reached": f"{ratio:.2f}", "goal": f"{goal}", "met": ratio >= goal}
        rows.append(row)
    return rows
