"""Measure echo and events against stock nameko, FastStream and bare py-amqp, in one run.

Beside them what inviting somebody and a page of the home page cost, as a share of the echo.
"""

import argparse
import subprocess
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much to measure."""
    parser.add_argument("--rounds", type=int, default=5, help="alternating rounds (5)")
    parser.add_argument("--calls", type=int, default=800, help="calls in each round (800)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    """0 when every goal was met, 1 when one was missed, 3 outside a checkout."""
    from chassis.cli.outcome import NotSetUp
    from chassis.resources import checkout

    root = checkout()
    if root is None:
        raise NotSetUp("benchmarks run in a checkout, not from installed packages")
    command = [sys.executable, "-m", "tests.benchmarks"]
    command += ["--rounds", str(args.rounds), "--calls", str(args.calls)]
    return subprocess.run([*command, *["--json"] * args.json], cwd=root, check=False).returncode
