"""Bring the database schemas of services to their newest revision."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: the services, or ``all``."""
    parser.add_argument("services", nargs="+", metavar="SERVICE", help="or: all")
    parser.add_argument("--show", action="store_true", help="only say where each schema stands")


def run(args: argparse.Namespace) -> int:
    """Return 0 when every schema is at its head; with ``--show`` 3 when one is not."""
    from chassis import migrations
    from chassis.cli.outcome import NOT_SET_UP, OK
    from chassis.cli.services import chosen, keep_private
    from chassis.config import load

    keep_private()
    configuration = load(args.config)
    behind = False
    for service in chosen(args.services):
        url = str(configuration.get(f"{service}.database_url"))
        if args.show:
            now, newest = migrations.current(service, url), migrations.head(service)
            behind = behind or now != newest
            sys.stdout.write(f"{service}\t{now or 'nothing'}\tof {newest}\n")
        else:
            applied = ", ".join(migrations.upgrade(service, url))
            sys.stdout.write(f"{service}\t{applied or 'already at its head'}\n")
    return NOT_SET_UP if behind else OK
