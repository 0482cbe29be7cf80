"""List, show, retry or drop the events that a service could not handle."""

import argparse
import sys
from typing import Any
from uuid import UUID

COLUMNS = (
    "service", "event_id", "handler", "type", "received_at", "ago", "attempts", "error_code",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: ``list``, or one of three things to do with one event."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="the events set aside, oldest first")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.add_argument("--service", help="only of this service")
    for name, about in (
        ("show", "the event, its error and its body"),
        ("retry", "let it be tried again"),
        ("drop", "give it up: it counts as handled"),
    ):
        one = commands.add_parser(name, help=about)
        one.add_argument("event_id", type=UUID, metavar="EVENT_ID")
        one.add_argument("--service", help="only of this service")
        one.add_argument("--handler", help="only of this handler")


def run(args: argparse.Namespace) -> int:
    """Return 0; 1 when no such event is set aside."""
    from chassis.cli.output import print_json, print_rows, since

    if args.what == "list":
        rows = _listed(args)
        if args.json:
            print_json(rows)
        else:
            told = [{**row, "ago": since(row["received_at"])} for row in rows]
            print_rows(COLUMNS, told, "no event is set aside")
        return 0
    if args.what == "show":
        print_json(_shown(args))
        return 0
    done = _changed(args)
    sys.stdout.write("".join(f"{args.what}\t{service}\t{count}\n" for service, count in done))
    return 0


def _listed(args: argparse.Namespace) -> list[dict[str, Any]]:
    from chassis import dead_letters
    from chassis.cli.services import stores

    rows = []
    for service, store in stores(args.config, args.service):
        with store.begin(read_only=True) as session:
            rows += [{"service": service, **row} for row in dead_letters.list_dead(session)]
    return sorted(rows, key=lambda row: row["received_at"])


def _shown(args: argparse.Namespace) -> list[dict[str, Any]]:
    from chassis import dead_letters
    from chassis.cli.services import stores

    shown = []
    for service, store in stores(args.config, args.service):
        with store.begin(read_only=True) as session:
            for row in dead_letters.find_dead(session, args.event_id, args.handler):
                body = dead_letters.readable_body(row["body"])
                shown.append({"service": service, **row, "body": body})
    if not shown:
        raise dead_letters.DeadLetterNotFound(
            "no such event is set aside", event_id=str(args.event_id)
        )
    return shown


def _changed(args: argparse.Namespace) -> list[tuple[str, int]]:
    """In every service that has set it aside; refused when none has."""
    from chassis import clock, dead_letters
    from chassis.cli.services import stores

    done = []
    for service, store in stores(args.config, args.service):
        with store.begin() as session:
            if not dead_letters.find_dead(session, args.event_id, args.handler):
                continue
            if args.what == "retry":
                count = dead_letters.retry(session, args.event_id, clock.now(), args.handler)
            else:
                count = dead_letters.drop(session, args.event_id, args.handler)
            done.append((service, count))
    if not done:
        raise dead_letters.DeadLetterNotFound(
            "no such event is set aside", event_id=str(args.event_id)
        )
    return done
