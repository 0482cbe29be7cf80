"""Running services for browsers: one process, or a broker with a process each and two gateways."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from chassis.runner import installed_services
from chassis.testing.stacks import stack
from tests.docs.mails import mail_to

LOCAL = {"CHAMBERS_PUBLIC_URL": "http://localhost:8000", "CHAMBERS_LOG_LEVEL": "info"}
GATEWAYS = 2


@dataclass(frozen=True)
class House:
    """Where the pages are, and where the mails go."""

    addresses: Sequence[str]
    mails: Path

    def mail(self, to: str) -> EmailMessage | None:
        """The newest mail to that address; None while there is none."""
        return mail_to(self.mails, to)


@contextmanager
def running(kind: str) -> Iterator[House]:
    """Start everything on that stack; yields once pages are served, and ends it all after."""
    with ExitStack() as cleanup:
        env = cleanup.enter_context(stack(kind, installed_services(), **LOCAL))
        data = Path(env["CHAMBERS_DATA_DIR"])
        if kind == "embedded":
            addresses = [cleanup.enter_context(_started(["up"], env, data))]
        else:
            env["CHAMBERS_NOTIFICATIONS_MAIL_DIRECTORY"] = str(data / "mail")
            addresses = list(_apart(cleanup, env, data))
        yield House(addresses, data / "mail")


def _apart(cleanup: ExitStack, env: dict[str, str], data: Path) -> Iterator[str]:
    """Start all services in one process, beside the broker, and two gateways in two more."""
    _run(["keys"], env, data)
    _run(["migrate", "all"], env, data)
    cleanup.enter_context(_started(["run", *installed_services()], env, data))
    for _ in range(GATEWAYS):
        yield cleanup.enter_context(_started(["run", "gateway"], env, data))


def _run(arguments: Sequence[str], env: dict[str, str], data: Path) -> None:
    command = [sys.executable, "-P", "-m", "chassis.cli", *arguments]
    subprocess.run(command, env=_environment(env), cwd=data, check=True, capture_output=True)


@contextmanager
def _started(arguments: Sequence[str], env: dict[str, str], data: Path) -> Iterator[str]:
    """One process; yields the address of its pages, "" where it serves none."""
    log = data / f"{'-'.join(arguments)}-{os.urandom(3).hex()}.log"
    command = [sys.executable, "-P", "-m", "chassis.cli", *arguments]
    with log.open("w") as written:
        process = subprocess.Popen(command, env=_environment(env), cwd=data, stderr=written)
    try:
        yield _address(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=60)
    assert code == 0, log.read_text()[-2000:]


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    with log.open() as lines:
        said = ""
        while "running:" not in said:
            assert process.poll() is None, said
            said += lines.readline()
    port = re.search(r"open at http://127\.0\.0\.1:(\d+)", said)
    return f"http://localhost:{port[1]}" if port else ""


def _environment(env: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    return {**kept, **env}
