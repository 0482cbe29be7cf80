"""``python -m tests.benchmarks``, with the arguments of ``chambers bench``, which runs it."""

import argparse
import json
import sys

from chassis.cli import bench
from tests.benchmarks import parts, servers
from tests.benchmarks.figures import Figure, Verdict, judge
from tests.benchmarks.goals import GOALS
from tests.benchmarks.printing import figure_lines, verdict_lines


def main() -> int:
    """Measure on private servers; 0 when every goal was met, 1 when one was missed."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks")
    bench.add_arguments(parser)
    options = parser.parse_args()
    figures: list[Figure] = []
    verdicts: list[Verdict] = []
    if not options.json:
        print(f"median of {options.rounds} rounds (lowest to highest); CPU of one call")
    with servers.running() as private:
        for part, found in parts.measured(private, options):
            if not options.json:
                print(part, *figure_lines(found), sep="\n", flush=True)
            figures += found
            verdicts += judge(GOALS.get(part, ()), found)
    if options.json:
        both = {"figures": figures, "goals": verdicts}
        print(json.dumps({key: [one.as_json() for one in found] for key, found in both.items()}))
    else:
        print("goals; ratios compare round by round", *verdict_lines(verdicts), sep="\n")
    return 0 if all(verdict.met for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
