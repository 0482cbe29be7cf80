"""Say how far each service's events got: which wait, which never reached a consumer.

  chambers outbox status
  chambers outbox compare --service identity --since 12h
  chambers outbox republish --service identity --since 12h

compare asks the consumers of each service, as that service, which of its published events never
came. What still waits in a queue, is tried again or was set aside is not missing. It exits with 1
when something is. republish does the same, and publishes what is missing again.
"""

import argparse
from datetime import timedelta

COLUMNS = ("service", "waiting", "held", "republished", "oldest", "for")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: ``status``, ``compare`` and ``republish``."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    for name, about in (
        ("status", "how many wait, how many no queue took, since when"),
        ("compare", "which published events never reached a consumer"),
        ("republish", "compare, and publish again what is missing"),
    ):
        one = commands.add_parser(name, help=about)
        one.add_argument("--json", action="store_true", help="as JSON")
        one.add_argument("--service", help="only of this service")
        if name != "status":
            one.add_argument(
                "--since",
                type=_since,
                default=timedelta(days=7),
                metavar="TIME",
                help="how far back: 90m, 12h, 3d; at most 20d (default: 7d)",
            )


def run(args: argparse.Namespace) -> int:
    """Return 0, also when events wait.

    It is 1 when ``compare`` finds some missing; 4 for a silent consumer.
    """
    if args.what == "status":
        return _status(args)
    from chassis.cli import comparing

    return comparing.run(args)


def _status(args: argparse.Namespace) -> int:
    from chassis import heard, outbox
    from chassis.cli.output import print_json, print_rows, since
    from chassis.cli.services import stores

    rows = []
    for service, store in stores(args.config, args.service):
        with store.begin(read_only=True) as session:
            again = {"republished": heard.republished(session)}
            rows.append({"service": service, **outbox.status(session), **again})
    if args.json:
        print_json(rows)
    else:
        told = [{**row, "for": since(row["oldest"])} for row in rows]
        print_rows(COLUMNS, told, "no service is installed here")
    return 0


def _since(written: str) -> timedelta:
    from chassis.comparison import LOOK_BACK
    from chassis.config import ConfigurationError
    from chassis.config.setting import Setting

    try:
        period = timedelta(seconds=Setting("since", "duration").read(written))
    except ConfigurationError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if period > LOOK_BACK:
        most = f"{LOOK_BACK.days} days"
        raise argparse.ArgumentTypeError(f"inboxes may have forgotten what is older than {most}")
    return period
