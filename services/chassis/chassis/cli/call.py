"""Call one method of a service and print its reply as JSON.

  chambers call --list groups
  chambers call groups.invite_members --help
  chambers call groups.get_firm_overview
  chambers call identity.register --json @anna.json
  chambers call billing.confirm_manual_payment --as operator --json @payment.json

Calls are made as whoever used chambers login here, unless CHAMBERS_TOKEN holds an access token.

A call that was refused exits with 1 and says why; one that got no answer exits with 4, and may be
repeated under the same --key without being done twice.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chassis.cli.parsing import add_data

if TYPE_CHECKING:
    from chassis.local_calls import Caller

NOBODY = "nobody"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: what to call, with what, as whom."""
    parser.add_argument("method", nargs="?", metavar="SERVICE.METHOD", help="--help tells of it")
    parser.add_argument(
        "--list", nargs="?", const="all", metavar="SERVICE", help="what can be called, and by whom"
    )
    parser.add_argument("--json", default="{}", metavar="OBJECT", help="fields; @FILE or - to read")
    parser.add_argument(
        "--as",
        dest="caller",
        metavar="NAME",
        help="operator, or a service whose private key is here; nobody; or an access token,"
        " which others can read there: better in CHAMBERS_TOKEN (default: the login kept here)",
    )
    parser.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS")
    parser.add_argument("--key", help="idempotency key; a fresh one where none is given")
    add_data(parser)


def help_for(arguments: Sequence[str]) -> str | None:
    """Return what the contract says of the method, where help is asked for one; else None."""
    methods = [word for word in arguments if "." in word and not word.startswith("-")]
    if not methods or not {"-h", "--help"} & {*arguments}:
        return None
    from chassis.cli.outcome import NotSetUp
    from chassis.contracts import describing

    service, _, method = methods[0].partition(".")
    document = describing.contract(service)
    if method not in describing.calls(document):
        raise NotSetUp(f"there is no {methods[0]} here{_guess(methods[0])}")
    lines = [
        f"chambers call {methods[0]} --json '{{…}}'",
        "",
        *describing.described(document, method),
    ]
    return "\n".join(lines) + "\n"


def run(args: argparse.Namespace) -> int:
    """Return 0 with the reply on stdout."""
    from chassis.cli.outcome import OK, USAGE
    from chassis.cli.output import print_json
    from chassis.cli.services import settings
    from chassis.errors import ChassisError, DeadlineExceeded
    from chassis.ids import uuid7
    from chassis.local_calls import connect

    if args.list:
        return _list(args.list)
    service, _, method = (args.method or "").partition(".")
    fields = _fields(args.json)
    if not (service and method) or not isinstance(fields, dict):
        sys.stderr.write("chambers call: name SERVICE.METHOD, and give --json an object\n")
        return USAGE
    configuration = settings(args)
    key = args.key or str(uuid7())
    headers = {"idempotency_key": key}
    try:
        with connect(configuration) as bus:
            request = (service, method, fields)
            reply = _asked(bus, request, headers, _Caller(args.caller, configuration), args.timeout)
    except DeadlineExceeded:
        sys.stderr.write(f"to ask again without doing it twice: --key {key}\n")
        raise
    except ChassisError as error:
        if error.code in ("unknown_method", "unknown_service"):
            error.message += _guess(args.method)
        elif error.code == "token_missing":
            error.message += "; chambers login ADDRESS"
        raise
    print_json(reply)
    return OK


class _Caller:
    """As whom the call is made."""

    def __init__(self, name: str | None, configuration: Any) -> None:
        from chassis.cli.logins import Kept, file_of

        given = name or os.environ.get("CHAMBERS_TOKEN")
        self.kept: Kept | None = None if given else Kept(file_of(configuration))
        self._given = _token(given, configuration) if given else None

    def token(self, bus: "Caller", *, fresh: bool = False) -> str | None:
        """Return the access token; None to call as nobody."""
        return self.kept.access_token(bus, fresh=fresh) if self.kept else self._given


def _asked(
    bus: "Caller",
    request: tuple[str, str, dict[str, Any]],
    headers: dict[str, str],
    caller: _Caller,
    timeout: float,
) -> Any:
    """Return the reply; a kept login that turns out to be over early is refreshed once."""
    from chassis.errors import Unauthenticated

    token = caller.token(bus)
    if token:
        headers["access_token"] = token
    try:
        return bus.call(*request, headers=headers, timeout=timeout)
    except Unauthenticated as error:
        if not (token and caller.kept) or error.code not in ("token_expired", "token_invalid"):
            raise
    headers["access_token"] = str(caller.token(bus, fresh=True))
    return bus.call(*request, headers=headers, timeout=timeout)


def _list(service: str) -> int:
    from chassis.cli.output import print_rows
    from chassis.cli.services import chosen
    from chassis.contracts import describing

    rows = [
        {
            "method": f"{name}.{method}",
            "kind": one["x-kind"],
            "callers": ", ".join(one.get("x-callers", [])),
            "about": one.get("summary", ""),
        }
        for name in chosen([service])
        for method, one in describing.calls(describing.contract(name)).items()
    ]
    print_rows(("method", "kind", "callers", "about"), rows, "nothing can be called")
    return 0


def _guess(method: str) -> str:
    from chassis.cli.services import methods
    from chassis.spelling import meant

    return meant(method, methods()) or "; chambers call --list has all"


def _fields(given: str) -> Any:
    """Return the JSON behind the argument; None for what is no JSON."""
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


def _token(caller: str, configuration: Any) -> str | None:
    """Return the token itself, or a fresh one signed with the private key of that name."""
    from chassis.keys import Keyring
    from chassis.tokens import TokenSigner

    if caller == NOBODY:
        return None
    if "." in caller:
        return caller
    return TokenSigner(Keyring(configuration.get("keys.directory")), caller).service()
