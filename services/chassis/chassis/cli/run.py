"""Run services in this process until it is told to stop (SIGTERM or Ctrl-C)."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: the services, or ``all``."""
    parser.add_argument("services", nargs="+", metavar="SERVICE", help="or a door, or: all")


def run(args: argparse.Namespace) -> int:
    """Return 0 after a clean stop, 1 when it was cut short, 3 and 4 when it could not start."""
    import logging

    from chassis import local_calls, logs
    from chassis.cli.services import chosen, keep_private, runnable
    from chassis.config import load
    from chassis.runner import serve

    keep_private()
    configuration = load(args.config)
    logs.configure_service(configuration.get("log.level"), configuration.get("log.format"))
    names = chosen(args.services, runnable())
    for sentence in configuration.trial_parts(names):
        logging.getLogger(__name__).warning("%s", sentence)
    with local_calls.open_for(configuration):
        return serve(configuration, names)
