"""Echo by RPC: the chassis against stock nameko, FastStream and bare py-amqp, in one run."""

import os
from contextlib import ExitStack
from tempfile import TemporaryDirectory

from tests.benchmarks.conducting import answer, ask, started
from tests.benchmarks.figures import Figure, Figures
from tests.benchmarks.measuring import LOADS, MANY
from tests.benchmarks.processor import Meter
from tests.benchmarks.servers import Servers

COMPETITORS = {
    "stock nameko": ("stock", ("server", "client")),
    "FastStream": ("fast_stream", ("server", "client")),
    "bare py-amqp": ("bare", ("server", "client")),
    "chambers": ("ours", ("server", "client")),
    "chambers embedded": ("ours", ("both",)),
}
WARM_UP = 200  # calls


class Competitor:
    """Its processes, the last of which asks."""

    def __init__(
        self, label: str, module: str, roles: tuple[str, ...], servers: Servers, cleanup: ExitStack
    ):
        self.label = label
        embedded = roles == ("both",)
        env = {
            **os.environ,
            "BENCH_BUS": "embedded://bench" if embedded else servers.bus,
            "BENCH_DATA": cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-")),
        }
        self.processes = {role: started(cleanup, module, role, env) for role in roles}
        for process in self.processes.values():
            answer(process)
        pids = {role: process.pid for role, process in self.processes.items()}
        self.meter = Meter(pids if embedded else {**pids, "broker": servers.broker_pid})

    def run(self, load: str, calls: int) -> float:
        """Return the calls a second; the meter has what they cost."""
        *_, client = self.processes.values()
        self.meter.start()
        seconds: float = ask(client, {"load": load, "calls": calls})
        return calls / seconds


def run(servers: Servers, rounds: int, calls: int) -> list[Figure]:
    """Measure calls a second of each competitor, one at a time and by 20; and what frames wait."""
    figures = Figures()
    with ExitStack() as cleanup:
        competitors = [
            Competitor(label, module, roles, servers, cleanup)
            for label, (module, roles) in COMPETITORS.items()
        ]
        for number in range(rounds + 1):
            asked = calls if number else WARM_UP
            for competitor in competitors[:: (-1) ** number]:  # nobody is always first
                for load in LOADS:
                    rate = competitor.run(load, asked)
                    spent = competitor.meter.spent(asked)
                    figures.note(f"{competitor.label}, {load}", "/s", rate, spent)
    return [*figures.warmed_up(), *_waits(servers, rounds, calls)]


def _waits(servers: Servers, rounds: int, calls: int) -> list[Figure]:
    """Measure how many milliseconds frames of a server wait while it answers twenty at a time."""
    figures = Figures()
    with ExitStack() as cleanup:
        watched = Competitor("watched", "ours", ("watched", "client"), servers, cleanup)
        for number in range(rounds + 1):
            watched.run(MANY, calls if number else WARM_UP)
            for which, wait in ask(watched.processes["watched"], "waits").items():
                figures.note(f"wait of a frame by 20, {which}", "ms", wait)
    return figures.warmed_up()
