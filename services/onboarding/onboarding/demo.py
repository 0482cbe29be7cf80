"""Take a sample practice in, in one process on the embedded default, and show what happened.

A family-law office registers, buys licenses, brings its clients along and invites colleagues, who
join by the links in their mails. Then a year goes by: people come and go, clients share and change
things, licenses lapse and renew. Every step is checked, and so is what must hold at the end.

Exit codes: 0 every expectation held, 1 one did not, or the folder is not empty; 3 set-up missing.
"""

import argparse
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chassis.resources import checkout


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: where the data go."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="where databases and mails go; a new folder for each run where it is not given",
    )
    parser.add_argument("--json", action="store_true", help="print the timeline as JSON")


def run(args: argparse.Namespace) -> int:
    """Return 0 only when every expectation held."""
    import chassis.patch  # noqa: F401 - before what waits

    folder = args.data or Path(tempfile.mkdtemp(prefix="chambers-demo-"))
    if any(folder.glob("*.db")):
        print(f"chambers: {folder} holds data already; name an empty folder", file=sys.stderr)
        return 1
    return _demonstrate(folder, args.json)


def _demonstrate(folder: Path, as_json: bool) -> int:
    from chassis import logs
    from chassis.config import Configuration
    from onboarding import checking
    from onboarding.demo_runner import Story
    from onboarding.demo_script import live_a_year
    from onboarding.practice import read_practice
    from onboarding.system import NotInTime, opened
    from onboarding.timeline import Timeline

    def say(line: str) -> None:
        print(line, file=sys.stderr if as_json else sys.stdout, flush=True)

    logs.configure("error", "auto")
    settings = {"CHAMBERS_DATA_DIR": str(folder), "CHAMBERS_BUS_URL": "embedded://demo"}
    with opened(Configuration({}, settings)) as system:
        story = Story(system, read_practice(sample()), Timeline(system, say))
        say(f"Five services in one process; databases and mails in {folder}\n")
        try:
            story.tell()
            live_a_year(story)
            closing = checking.closing(story)
        except NotInTime as error:
            say(f"\nfailed: {error}")
            return 1
        for line in checking.summary(story, closing, folder):
            say(line)
    from onboarding.sharing import PARENT

    logins = (story.founder.email, PARENT[1])
    for line in looking_inside(folder, logins, system.mail_folder):
        say(line)
    if as_json:
        _print_json(story, closing)
    return 1 if story.failed else 0


def looking_inside(folder: Path, logins: tuple[str, str], mails: Path | None) -> Iterator[str]:
    """Yield how the demonstration's practice is opened again: by its founder, or by a client."""
    from onboarding.demo_runner import PASSWORD

    email, client = logins
    data = shlex.quote(str(folder.resolve()))
    program = "./chambers" if checkout() else "chambers"
    yield ""
    yield "look around in a browser:"
    yield f"  {program} up --data {data}"
    yield "and open http://127.0.0.1:8000: the mails are at /dev/mail"
    yield f"  log in as {email}, who founded the practice,"
    yield f"  or as {client}, a client who shares a calendar with it"
    yield f"everybody's password is: {PASSWORD}"
    yield ""
    yield "or ask from another terminal:"
    yield f"  {program} login --data {data} {email}"
    yield f"  {program} call --data {data} groups.get_firm_overview"
    yield f"everybody's mails, one file each: {mails.resolve() if mails else 'none'}"


def sample() -> Path:
    """Return the practice that ships with the project: in a wheel inside the package."""
    root = checkout()
    samples = root / "deploy" / "demo" if root else Path(__file__).parent / "_demo"
    return samples / "harbor-family-law.toml"


def _print_json(story: Any, closing: Any) -> None:
    from chassis.cli.output import print_json

    print_json({"timeline": story.timeline.as_json(), "closing": closing, "failed": story.failed})
