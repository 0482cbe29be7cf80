"""Say how far each service's events are behind: committed and not yet on the bus."""

import argparse

COLUMNS = ("service", "waiting", "held", "oldest", "for")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``status``."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    status = commands.add_parser("status", help="how many wait, how many no queue took, since when")
    status.add_argument("--json", action="store_true", help="as JSON")
    status.add_argument("--service", help="only of this service")


def run(args: argparse.Namespace) -> int:
    """0, also when events wait."""
    from chassis import outbox
    from chassis.cli.output import print_json, print_rows, since
    from chassis.cli.services import stores

    rows = []
    for service, store in stores(args.config, args.service):
        with store.begin(read_only=True) as session:
            rows.append({"service": service, **outbox.status(session)})
    if args.json:
        print_json(rows)
    else:
        told = [{**row, "for": since(row["oldest"])} for row in rows]
        print_rows(COLUMNS, told, "no service is installed here")
    return 0
