"""The parts of a run, in the order in which they are measured."""

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict

from chassis.cli.bench import PARTS
from tests.benchmarks import echo, flow
from tests.benchmarks.conducting import answer, ask, dismiss, started
from tests.benchmarks.figures import Figure
from tests.benchmarks.servers import Servers

OF_THE_BUS = ("rpc", "events")
LONG_SEARCH = "long search"


def measured(servers: Servers, options: argparse.Namespace) -> Iterator[tuple[str, list[Figure]]]:
    """Yield each part that is asked for with its figures, as soon as it is done."""
    asked = options.only or PARTS
    if "rpc" in asked:
        yield "rpc", echo.run(servers, options.rounds, options.calls)
    if "events" in asked:
        yield "events", flow.run(servers, options.rounds)
    practice = [part for part in PARTS if part in asked and part not in OF_THE_BUS]
    if options.long and "search" in asked:
        practice.append(LONG_SEARCH)
    if practice:
        yield from _of_the_practice(servers, practice, options.rounds)


def _of_the_practice(
    servers: Servers, parts: list[str], rounds: int
) -> Iterator[tuple[str, list[Figure]]]:
    with ExitStack() as cleanup:
        env = {**os.environ, "BENCH_SERVERS": json.dumps(asdict(servers))}
        practice = started(cleanup, "practice", "all", env)
        cleanup.callback(dismiss, practice)
        answer(practice)
        for part in parts:
            yield part, [Figure(**one) for one in ask(practice, {"part": part, "rounds": rounds})]
