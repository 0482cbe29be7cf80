"""Runs smtp_server.py beside a test, and tells what it has taken."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import eventlet

PROGRAM = Path(__file__).with_name("smtp_server.py")


class PostOffice:
    """The port to send to, and what has arrived."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self.port = self._wait_for_port()

    @property
    def mails(self) -> list[tuple[list[str], str]]:
        """Recipients and content of every mail taken, in order."""
        return [(fact["to"], fact["mail"]) for fact in self._facts() if "mail" in fact]

    @property
    def connections(self) -> int:
        """How many conversations were begun."""
        return sum("greeting" in fact for fact in self._facts())

    def _facts(self) -> list[dict]:
        whole = self._record.read_text().split("\n")[:-1]  # what follows is being written
        return [json.loads(line) for line in whole]

    def _wait_for_port(self) -> int:
        with eventlet.Timeout(20):
            while not self._record.read_text().endswith("\n"):
                eventlet.sleep(0.02)
        return self._facts()[0]["port"]


@contextmanager
def post_office(
    folder: Path, security: str = "none", login: str = "open", port: int = 0
) -> Iterator[PostOffice]:
    """A running server; ``folder`` holds its certificate and takes its record."""
    record = folder / "record.jsonl"
    arguments = [security, login, str(folder), str(port)]
    with record.open("w") as output:
        process = subprocess.Popen([sys.executable, PROGRAM, *arguments], stdout=output)
    try:
        yield PostOffice(record)
    finally:
        process.terminate()
        process.wait(10)
