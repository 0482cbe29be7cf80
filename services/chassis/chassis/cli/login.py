"""Log in at this installation, for the calls that follow.

The password is asked for; where there is nobody to ask it comes from --password-file, or from
CHAMBERS_PASSWORD. It is never an argument, which other users of the machine could read. What is
kept, in a file that only you may read, are tokens; they end after two weeks without use, or with
chambers logout.
"""

import argparse
import getpass
import os
import sys
from pathlib import Path

from chassis.cli.parsing import add_data

STDIN = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: who, and where the password comes from."""
    parser.add_argument("email", metavar="ADDRESS")
    parser.add_argument(
        "--password-file", metavar="FILE", help="its first line is the password; - for stdin"
    )
    add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Return 0; 1 when identity refuses."""
    from chassis.cli.logins import Kept, file_of
    from chassis.cli.services import settings
    from chassis.local_calls import connect

    configuration = settings(args)
    kept = Kept(file_of(configuration))
    request = {"email": args.email, "password": _password(args)}
    if device := kept.device_of(args.email):
        request["device_token"] = device
    with connect(configuration) as bus:
        reply = bus.call("identity", "log_in", request)
    kept.keep(reply)
    account = reply["account"]
    sys.stdout.write(f"logged in as {account['name']} <{account['email']}>\n")
    if not account["email_verified"]:
        sys.stderr.write("the address is not confirmed yet: open the link in the mail to it\n")
    return 0


def _password(args: argparse.Namespace) -> str:
    from chassis.cli.outcome import NotSetUp

    if file := args.password_file:
        try:
            text = sys.stdin.readline() if file == STDIN else Path(file).read_text()
        except OSError as error:
            raise NotSetUp(f"cannot read {file}: {error.strerror}") from error
        return (text.splitlines() or [""])[0]
    if password := os.environ.get("CHAMBERS_PASSWORD"):
        return password
    if not sys.stdin.isatty():
        raise NotSetUp("nobody to ask for the password: give it by --password-file FILE, or -")
    return getpass.getpass(f"Password of {args.email}: ", sys.stderr)
