"""Echo by RPC: the chassis against stock nameko, FastStream and bare py-amqp, in one run."""

import os
import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.conducting import answer, ask, started

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

    def __init__(
        self, label: str, module: str, roles: tuple[str, ...], bus: str, cleanup: ExitStack
    ):
        self.label = label
        self.results: list[Mapping[str, float]] = []
        data = cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-"))
        embedded = {"BENCH_BUS": "embedded://bench"} if roles == ("both",) else {"BENCH_BUS": bus}
        env = {**os.environ, **embedded, "BENCH_DATA": data}
        for role in roles:
            self._client = started(cleanup, module, role, env)  # the last one
            answer(self._client)

    def run(self, calls: int) -> None:
        """One round; its result is kept."""
        self.results.append(ask(self._client, calls))

    def median(self, key: str) -> float:
        """Of all rounds but the first, which warms up."""
        return statistics.median(result[key] for result in self.results[1:])


def run(bus: str, rounds: int, calls: int) -> dict[str, dict[str, float]]:
    """Medians per competitor: ``one`` and ``many`` in calls a second, ``client_us``."""
    with ExitStack() as cleanup:
        competitors = [
            Competitor(label, module, roles, bus, cleanup)
            for label, (module, roles) in COMPETITORS.items()
        ]
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
