"""Measure calls, events and the practice's dearest messages, beside others in the same run.

Each figure is the median of several rounds with the lowest and the highest, and the processor time
of one call; ratios compare round by round. Takes about six minutes on a quiet machine.
"""

import argparse
import subprocess
import sys

PARTS = ("rpc", "events", "invite", "home", "removal", "import", "search")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: how much to measure."""
    parser.add_argument("--rounds", type=_count, default=5, help="rounds of each part (5)")
    parser.add_argument(
        "--calls", type=_count, default=800, help="calls of rpc in each round (800)"
    )
    parser.add_argument(
        "--only", action="append", choices=PARTS, metavar="PART",
        help=f"only this part, may be repeated: {', '.join(PARTS)}",
    )  # fmt: skip
    parser.add_argument("--long", action="store_true", help="a search among 1,000,000, too")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    """Return 0 when every goal was met, 1 when one was missed, 3 outside a checkout."""
    from chassis.cli.outcome import NotSetUp
    from chassis.resources import checkout

    root = checkout()
    if root is None:
        raise NotSetUp("benchmarks run in a checkout, not from installed packages")
    command = [sys.executable, "-m", "tests.benchmarks"]
    command += ["--rounds", str(args.rounds), "--calls", str(args.calls)]
    for part in args.only or ():
        command += ["--only", part]
    command += ["--long"] * args.long + ["--json"] * args.json
    return subprocess.run(command, cwd=root, check=False).returncode


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
