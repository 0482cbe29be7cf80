"""Show every setting with its source, or check that the services may start with them."""

import argparse
import sys

from chassis.cli.outcome import NOT_SET_UP, OK
from chassis.cli.output import print_json, print_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``show`` or ``check``."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    show = commands.add_parser("show", help="every setting, its value (secrets masked), its source")
    show.add_argument("--json", action="store_true", help="as JSON")
    commands.add_parser("check", help="exit 3 and say what to put right, if anything")


def run(args: argparse.Namespace) -> int:
    """0; 3 when a check finds something."""
    from chassis import admission
    from chassis.config import load

    configuration = load(args.config)
    if args.what == "check":
        problems = configuration.problems() or admission.problems(configuration, _classes())
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        sys.stdout.write("" if problems else "nothing to put right\n")
        return NOT_SET_UP if problems else OK
    names = ("key", "value", "source", "about")
    rows = [{name: getattr(row, name) for name in names} for row in configuration.explain()]
    if args.json:
        print_json(rows)
    else:
        print_rows(names, rows, "no settings")
    return OK


def _classes() -> dict[str, type]:
    from chassis.runner import installed_services, load_service

    return {name: load_service(name) for name in installed_services()}
