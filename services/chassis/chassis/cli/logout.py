"""End the login that chambers login began."""

import argparse
import sys

from chassis.cli.parsing import add_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: which installation."""
    add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Return 0, also when there was none or it has ended; 4 when identity could not be told."""
    from chassis.cli.logins import Kept, file_of
    from chassis.cli.services import settings
    from chassis.errors import Unauthenticated
    from chassis.local_calls import connect

    configuration = settings(args)
    kept = Kept(file_of(configuration))
    if "access_token" not in kept.read():
        sys.stdout.write("nobody is logged in\n")
        return 0
    try:
        with connect(configuration) as bus:
            token = kept.access_token(bus)
            bus.call("identity", "log_out", {}, headers={"access_token": token})
    except Unauthenticated:
        pass  # it has ended already
    finally:
        kept.forget()
    sys.stdout.write("logged out\n")
    return 0
