"""Run all installed services in this process; the embedded way makes what it needs first."""

import argparse

from chassis.cli.parsing import add_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: where the data are, and what to make before."""
    add_data(parser)
    parser.add_argument("--prepare", action="store_true", help="migrate and make keys on any stack")


def run(args: argparse.Namespace) -> int:
    """Run all, as ``chambers run all`` does, after keys and schemas are in place."""
    from chassis import local_calls, logs
    from chassis.cli.services import keep_private, runnable, settings
    from chassis.runner import prepare_embedded, serve

    keep_private()
    configuration = settings(args)
    logs.configure_service(configuration.get("log.level"), configuration.get("log.format"))
    with local_calls.open_for(configuration):
        if args.prepare or configuration.get("bus.url").startswith("embedded:"):
            prepare_embedded(configuration, runnable())
        return serve(configuration, runnable())
