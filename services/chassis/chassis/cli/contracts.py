"""Generate contracts, message map and broker definitions, and check every need against a promise.

For developers, in a checkout.
"""

import argparse
import sys
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: whether to write or only to check."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is stale"
    )
    parser.add_argument(
        "--against",
        metavar="REVISION",
        help="also fail on what was promised there and no longer is",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0; 1 when a need is not met, a promise was taken back, or a checked file is stale."""
    from chassis.cli.outcome import FAILED, OK, NotSetUp
    from chassis.contracts import files, needs, reading
    from chassis.resources import checkout

    root = checkout()
    if root is None:
        raise NotSetUp("contracts are generated in a checkout, not from installed packages")
    services = reading.installed()
    made = files.generated(services, root)
    changed = files.stale(made) if args.check else files.write(made)
    verb = "stale" if args.check else "written"
    sys.stdout.write("".join(f"{verb}\t{path.relative_to(root)}\n" for path in changed))
    problems = needs.unmet(services, files.direction(root))
    if args.against:
        problems += _taken_back(services, root, args.against)
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return FAILED if problems or (args.check and changed) else OK


def _taken_back(services: Any, root: Path, revision: str) -> list[str]:
    from chassis.contracts import compatibility, files
    from chassis.contracts.asyncapi import document

    heard = files.consumers(services)
    return [
        f"{name}: {problem} (promised at {revision})"
        for name, before in files.earlier(services, root, revision).items()
        for problem in compatibility.broken(before, document(services[name], heard.get(name, {})))
    ]
