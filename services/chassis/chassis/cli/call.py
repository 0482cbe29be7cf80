"""Call one method of a service and print its reply as JSON.

  chambers call groups.get_firm_overview --as "$TOKEN"
  chambers call identity.log_in --json '{"email": "anna@example.org", "password": "…"}'
  chambers call billing.confirm_manual_payment --as operator --json @payment.json

A call that was refused exits with 1 and says why; one that got no answer exits with 4, and may be
repeated under the same --key without being done twice.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to call, with what, as whom."""
    parser.add_argument("method", metavar="SERVICE.METHOD")
    parser.add_argument("--json", default="{}", metavar="OBJECT", help="fields; @FILE or - to read")
    parser.add_argument(
        "--as",
        dest="caller",
        metavar="TOKEN|NAME",
        default=os.environ.get("CHAMBERS_TOKEN"),
        help="an access token, or operator or a service whose private key is here",
    )
    parser.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS")
    parser.add_argument("--key", help="idempotency key; a fresh one where none is given")


def run(args: argparse.Namespace) -> int:
    """0 with the reply on stdout."""
    from chassis.cli.outcome import OK, USAGE
    from chassis.cli.output import print_json
    from chassis.config import load
    from chassis.doorway import connected
    from chassis.errors import DeadlineExceeded
    from chassis.ids import uuid7

    service, _, method = args.method.partition(".")
    fields = _fields(args.json)
    if not (service and method) or not isinstance(fields, dict):
        sys.stderr.write("chambers call: name SERVICE.METHOD, and give --json an object\n")
        return USAGE
    configuration = load(args.config)
    key = args.key or str(uuid7())
    headers = {"idempotency_key": key}
    if args.caller:
        headers["access_token"] = _token(args.caller, configuration)
    try:
        with connected(configuration) as bus:
            reply = bus.call(service, method, fields, headers=headers, timeout=args.timeout)
    except DeadlineExceeded:
        sys.stderr.write(f"to ask again without doing it twice: --key {key}\n")
        raise
    print_json(reply)
    return OK


def _fields(given: str) -> Any:
    """The JSON behind the argument; None for what is no JSON."""
    import orjson

    text: str | bytes = given
    if given == "-":
        text = sys.stdin.buffer.read()
    elif given.startswith("@"):
        text = Path(given[1:]).read_bytes()
    try:
        return orjson.loads(text)
    except ValueError:
        return None


def _token(caller: str, configuration: Any) -> str:
    """The token itself, or a fresh one signed with the private key of that name."""
    from chassis.keys import Keyring
    from chassis.tokens import TokenSigner

    if "." in caller:
        return caller
    return TokenSigner(Keyring(configuration.get("keys.directory")), caller).service()
