"""Make the key pairs that are missing: one for each service, and one for the operator."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: where, and for whom if not for every installed service."""
    parser.add_argument("directory", nargs="?", metavar="DIR", help="default: keys.directory")
    parser.add_argument("--for", nargs="+", dest="names", metavar="NAME", help="only for these")


def run(args: argparse.Namespace) -> int:
    """Return 0; existing keys are left as they are."""
    from chassis.cli.outcome import OK
    from chassis.cli.services import runnable
    from chassis.config import load
    from chassis.keys import OPERATOR, ensure

    directory = args.directory or load(args.config).get("keys.directory")
    made = ensure(directory, args.names or [*runnable(), OPERATOR])
    sys.stdout.write("".join(f"made\t{name}\n" for name in made) or "all there already\n")
    return OK
