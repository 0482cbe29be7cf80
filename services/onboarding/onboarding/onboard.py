"""Take a whole practice in from a TOML file and the CSV exports of its clients.

It shows what it would do and asks before doing it. Run again, it does nothing twice: it goes on
where it was interrupted, and takes in what has been added to the files since. The founder's
password is asked for, or read from CHAMBERS_PASSWORD.

--dry-run stops after the preview; signing in is all it does, which for a founder without an
account means registering one.

A cell that cannot be read costs the cell and not the client, and is said. A row that resembles a
client without being sure to be the same is left out, until --create-anyway names its line.

Exit codes: 0 all is taken in (or can be), 1 rows were left out (refused, or possibly there
already) or something has to be done first, 2 wrong usage, 3 set-up missing, 4 not reachable.
"""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

PASSWORD_VARIABLE = "CHAMBERS_PASSWORD"  # noqa: S105 - the name of a variable


class PasswordMissing(RuntimeError):
    """There is nobody to ask for the password."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: the file, and how far to go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the practice, as TOML")
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="stop after the preview; nothing is changed but what signing in needs",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before it is done")
    parser.add_argument(
        "--refused", type=Path, metavar="CSV", help="write rows left out there, with the reasons"
    )
    parser.add_argument(
        "--report", type=Path, metavar="CSV", help="write there what became of every row"
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the clients' files, such as cp1250 or mac_roman"
    )
    parser.add_argument(
        "--create-anyway",
        type=_line,
        action="append",
        default=[],
        metavar="[FILE:]LINE",
        help="the client on this line is another than the one it resembles; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Return 0 when everything was taken in.

    It is 1 when something was refused or has to be done first.
    """
    import chassis.patch  # noqa: F401 - before what waits
    from chassis import logs
    from chassis.config import load
    from onboarding.people import MailNeeded
    from onboarding.practice import PracticeProblem, read_practice
    from onboarding.sheets import SheetProblem
    from onboarding.system import NotInTime, opened

    try:
        practice = _as_said(read_practice(args.file), args)
        configuration = load(args.config)
        logs.configure("error", configuration.get("log.format"))
        with opened(configuration) as system:
            return _take_in(args, system, practice)
    except PracticeProblem as error:
        for problem in error.problems:
            _say(f"chambers: {args.file.name}: {problem}")
    except (SheetProblem, MailNeeded, NotInTime, PasswordMissing, OSError) as error:
        _say(f"chambers: {error}")
    return 1


def _line(text: str) -> tuple[str | None, int]:
    """Return a file's name, if one is given, and a line of it."""
    file, _, line = text.rpartition(":")
    if not line.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} ends with no line: say clients.csv:12")
    return file or None, int(line)


def _as_said(practice: Any, args: argparse.Namespace) -> Any:
    """Return the practice with what the command line says of its files. Raises PracticeProblem."""
    from dataclasses import replace

    from onboarding.encodings import known
    from onboarding.practice import PracticeProblem

    if args.encoding and not known(args.encoding):
        raise PracticeProblem([f"--encoding: {args.encoding!r} is none that is known here"])
    files = {path.name for path in practice.clients}
    unsure = len(files) != 1
    wrong = [
        f"--create-anyway {f'{file}:' if file else ''}{line}: say of which file,"
        f" of {', '.join(sorted(files)) or 'none'}"
        for file, line in args.create_anyway
        if (unsure if file is None else file not in files)
    ]
    if wrong:
        raise PracticeProblem(wrong)
    encoding = args.encoding or practice.encoding
    return replace(practice, encoding=encoding, anyway=frozenset(args.create_anyway))


def _take_in(args: argparse.Namespace, system: Any, practice: Any) -> int:
    from onboarding import showing, take_in
    from onboarding.buying import PaymentDeclined, PaymentPending
    from onboarding.people import found
    from onboarding.planning import plan
    from onboarding.progress import Bar

    founder = found(system, practice, _password(practice.founder.email))
    planned = plan(system, practice, founder)
    for line in showing.show_plan(practice, planned):
        _say(line)
    if args.dry_run:
        return _finish(args, showing.plan_as_json(planned), [], planned.rows)
    if not (args.yes or _confirmed()):
        return 1
    report = take_in.begun(planned)
    try:
        with Bar(planned) as progress:
            take_in.carry_out(system, practice, founder, planned, report, progress)
    except (PaymentDeclined, PaymentPending) as error:
        report.action = str(error)
        _say(f"chambers: {error}")
    code = _finish(args, report.as_json(), showing.show_report(report), report.rows)
    return 1 if report.action else code


def _finish(args: argparse.Namespace, for_programs: Any, for_people: Any, rows: list[Any]) -> int:
    """Say and write what is asked for; 1 when rows were left out."""
    from onboarding.showing import write_rows

    left_out = [row for row in rows if row.is_left_out]
    if args.refused:
        write_rows(args.refused, left_out)
    if args.report:
        write_rows(args.report, rows)
    if args.json:
        from chassis.cli.output import print_json

        print_json(for_programs)
    else:
        for line in for_people:
            print(line)
    return 1 if left_out else 0


def _password(email: str) -> str:
    password = os.environ.get(PASSWORD_VARIABLE)
    if not password and not sys.stdin.isatty():
        raise PasswordMissing(f"not a terminal: give the password of {email} in CHAMBERS_PASSWORD")
    return password or getpass.getpass(f"Password of {email}: ", sys.stderr)


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        _say("not a terminal: nothing is done without --yes")
        return False
    sys.stderr.write("Do this? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _say(line: str) -> None:
    print(line, file=sys.stderr)
