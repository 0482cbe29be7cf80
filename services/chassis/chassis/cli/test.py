"""Check everything: lint, types, and every test on both stacks.

Starts a private RabbitMQ and PostgreSQL beside the tests (installing them when run as root).
What follows "--" goes to pytest: chambers test -- -k invitation
"""

import argparse
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: which part of it to run."""
    parser.add_argument(
        "--fast", action="store_true", help="embedded only, without what takes long; no servers"
    )
    parser.add_argument("--stack", choices=("embedded", "rabbitmq", "both"), default="both")
    parser.add_argument(
        "--suite", action="append", metavar="NAME", help="only this suite; may be repeated"
    )
    parser.add_argument(
        "--changed",
        nargs="?",
        const="",
        metavar="BASE",
        help="only what differs from BASE concerns (where this branch left origin/main, or HEAD)",
    )
    parser.add_argument("--long", action="store_true", help="the slow cases too")
    parser.add_argument(
        "--lanes", type=int, default=_lanes(), help="suites run side by side (cores + 1, at most 5)"
    )
    parser.add_argument("pytest", nargs="*", metavar="-- ARGUMENT", help="for pytest")


def run(args: argparse.Namespace) -> int:
    """Return 0 when every check and every test passed, else 1.

    It is 3 when a server cannot be installed.
    """
    from chassis.cli.outcome import NotSetUp
    from chassis.resources import checkout
    from chassis.testing.nodes import ProgramsMissing
    from chassis.testing.temporary import files_in_memory

    root = checkout()
    if root is None:
        raise NotSetUp("tests run in a checkout, not from installed packages")
    started = time.monotonic()
    stack = "embedded" if args.fast else args.stack
    chosen = _chosen(args, root)
    try:
        with files_in_memory():
            counts = _everything(args, root, stack, chosen)
    except ProgramsMissing as missing:
        raise NotSetUp(str(missing)) from missing
    _print_slowest(chosen, root)
    print(closing_line(counts, time.monotonic() - started))
    return 1 if counts["failed"] or not counts["passed"] else 0


def _lanes() -> int:
    """Return one lane more than cores: a third of its time a suite waits, for events and clocks."""
    return min((os.cpu_count() or 1) + 1, 5)


def closing_line(counts: Mapping[str, int], seconds: float) -> str:
    """Return the closing line: ``412 passed, 0 failed, 3 skipped in 94 s``."""
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    return f"{counts['passed']} passed, {counts['failed']} failed{skipped} in {seconds:.0f} s"


def _chosen(args: argparse.Namespace, root: Path) -> list[Any]:
    from chassis.testing import suites

    found = suites.find_suites(root)
    wanted = [suite for suite in found if not args.suite or suite.name in args.suite]
    if args.changed is not None:
        return suites.narrowed(wanted, _concerned(args.changed, root, found), root)
    if args.fast and not args.suite:
        left = ", ".join(suites.NOT_FAST)
        _announce(f"left to the full run: tests marked as heavy, RabbitMQ, and all of {left}")
        return [suite for suite in wanted if suite.name not in suites.NOT_FAST]
    return wanted


def _concerned(base: str, root: Path, found: list[Any]) -> list[str]:
    """Print why, and return what the changes since ``base`` concern."""
    from chassis.cli.outcome import NotSetUp
    from chassis.testing import affected, changed

    try:
        files = changed.files_since(root, base)
    except CalledProcessError as refused:
        raise NotSetUp(f"git: {refused.stderr.strip()}") from refused
    chosen = affected.choose(files, changed.house_of(root, [suite.folder for suite in found]))
    _announce(f"chosen for {len(files)} changed files")
    print("".join(f"{path}: {reason}\n" for path, reason in chosen.items()), end="", flush=True)
    return list(chosen)


def _print_slowest(chosen: list[Any], root: Path) -> None:
    from chassis.testing import results, suites

    files = [file for suite in chosen for file in suites.results_files(suite, root)]
    lines = results.slowest(outcome for file in files for outcome in results.read(file)[0])
    print("\n".join(["== slowest", *lines]))


def _everything(
    args: argparse.Namespace, root: Path, stack: str, chosen: list[Any]
) -> Counter[str]:
    from chassis.testing import suites

    counts: Counter[str] = Counter(passed=0, failed=0, skipped=0)
    options = [f"--{name}" for name, given in (("long", args.long), ("light", args.fast)) if given]
    arguments = ["--stack", stack, *options, *args.pytest]
    _ensure_programs(servers=stack != "embedded", tools=not args.fast)
    if not args.suite and args.changed is None:
        suites.forget_results(root)
    waiting = deque(suites.longest_first(chosen))
    lanes = min(max(args.lanes, 1), len(chosen))
    with ThreadPoolExecutor(lanes + 1) as pool:
        checks = [] if args.suite else [pool.submit(_checks, root)]
        running = [pool.submit(_lane, waiting, root, arguments, stack) for _ in range(lanes)]
        for done in [*checks, *running]:
            counts.update(done.result())
    return counts


def _lane(waiting: deque[Any], root: Path, arguments: list[str], stack: str) -> Counter[str]:
    """Run suites, one after the other, until none waits; each lane has servers of its own."""
    from chassis.testing import suites

    counts: Counter[str] = Counter()
    with ExitStack() as cleanup:
        env = {} if stack == "embedded" else _servers(cleanup)
        while (suite := _next(waiting)) is not None:
            counts.update(suites.run_suite(suite, root, arguments, env))
    return counts


def _next(waiting: deque[Any]) -> Any:
    """Return the next suite; None when another lane has taken the last."""
    try:
        return waiting.popleft()
    except IndexError:
        return None


def _checks(root: Path) -> Counter[str]:
    """Run the static checks; each counts as one test."""
    from chassis.testing import suites

    counts: Counter[str] = Counter()
    for name in suites.CHECKS:
        _announce(name)
        counts["passed" if suites.run_check(name, root) else "failed"] += 1
    return counts


def _ensure_programs(*, servers: bool, tools: bool) -> None:
    """Install what is missing once, before several lanes start servers at the same time."""
    from chassis.testing.nodes import TOOLS, ensure_installed

    ensure_installed(tools=TOOLS if tools else (), servers=servers)


def _servers(cleanup: ExitStack) -> dict[str, str]:
    """Start private servers for one lane; returns how tests find them."""
    from chassis.testing.nodes import PostgresNode, RabbitNode
    from chassis.testing.nodes.__main__ import environment

    _announce("starting RabbitMQ and PostgreSQL")
    rabbit = cleanup.enter_context(RabbitNode())
    return environment(rabbit, cleanup.enter_context(PostgresNode()))


def _announce(name: str) -> None:
    print(f"== {name}", flush=True)
    sys.stderr.flush()
