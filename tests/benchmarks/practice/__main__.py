"""``python -m tests.benchmarks.practice``: measures one part of the practice when asked."""

import chassis.patch  # noqa: F401, I001  - before everything else

import json
import os
import sys
from contextlib import ExitStack
from dataclasses import asdict

from tests.benchmarks.measuring import questions, say_ready, tell
from tests.benchmarks.practice import importing, inviting, reading, removing
from tests.benchmarks.practice.services import Practice
from tests.benchmarks.servers import Servers

PARTS = {
    "invite": inviting.measure,
    "home": reading.measure_home,
    "removal": removing.measure,
    "import": importing.measure,
    "search": reading.measure_search,
    "long search": reading.measure_long_search,
}


def main() -> int:
    """Answer ``{"part", "rounds"}`` with figures, until there is no more to answer."""
    with ExitStack() as cleanup:
        practice = Practice(Servers(**json.loads(os.environ["BENCH_SERVERS"])), cleanup)
        say_ready()
        for question in questions():
            figures = PARTS[question["part"]](practice, question["rounds"])
            tell([asdict(figure) for figure in figures])
    return 0


if __name__ == "__main__":
    sys.exit(main())
