"""Show every setting with its source, or check that the services may start with them."""

import argparse
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from chassis.cli.outcome import NOT_REACHABLE, NOT_SET_UP, OK
from chassis.cli.output import in_words, print_json, print_rows

if TYPE_CHECKING:
    from chassis.config import Configuration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: ``show`` or ``check``."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    show = commands.add_parser("show", help="every setting, its value (secrets masked), its source")
    show.add_argument("--json", action="store_true", help="as JSON; times in seconds")
    check = commands.add_parser("check", help="say what to put right: exit 3, or 4 (--connect)")
    check.add_argument("services", nargs="*", metavar="SERVICE", help="only these; else all here")
    check.add_argument(
        "--connect",
        action="store_true",
        help="also try keys, schemas, databases, broker and mail server",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0; 3 when a check finds something to put right, 4 when something does not answer."""
    from chassis.config import load

    configuration = load(args.config)
    if args.what == "check":
        return _check(configuration, args)
    names = ("key", "value", "source", "about")
    explained = configuration.explain()
    times = {row.key for row in explained if row.kind == "duration"}
    rows = [{name: getattr(row, name) for name in names} for row in explained]
    if args.json:
        print_json(rows)
    else:
        print_rows(names, [{**row, "value": _shown(row, times)} for row in rows], "no settings")
    return OK


def _shown(row: dict[str, Any], times: Collection[str]) -> Any:
    is_time = row["key"] in times and isinstance(row["value"], float)
    return in_words(row["value"]) if is_time else row["value"]


def _check(configuration: "Configuration", args: argparse.Namespace) -> int:
    from chassis import admission
    from chassis.cli.services import chosen, runnable

    services = chosen(args.services or ["all"], runnable())
    problems = configuration.problems(services)
    problems = problems or admission.problems(configuration, _classes())
    problems = problems or _missing_for_production(configuration, services)
    code = NOT_SET_UP if problems else OK
    if args.connect and not problems:
        from chassis.connecting import findings

        found = list(findings(configuration, services))
        problems = [each.sentence for each in found]
        unreachable = any(each.unreachable for each in found)
        code = NOT_REACHABLE if unreachable else NOT_SET_UP if found else OK
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    sys.stdout.write("" if problems else "nothing to put right\n")
    return code


def _missing_for_production(configuration: "Configuration", services: list[str]) -> list[str]:
    from chassis import keys
    from chassis.config.lacking import lacking

    if not configuration.is_for_others:
        return []
    wrong = keys.problems(configuration.get("keys.directory"), services)
    return [
        *configuration.trial_parts(services),
        *lacking(configuration, services),
        *(f"keys.directory: {each}" for each in wrong),
    ]


def _classes() -> dict[str, type]:
    from chassis.runner import installed_services, load_service

    return {name: load_service(name) for name in installed_services()}
