"""A process whose stderr is full, closed or gone serves on, and ends as it should."""

import os
import signal
import subprocess
import sys
import time

import pytest

from chassis.config import Configuration
from chassis.errors import Unauthenticated, Unavailable
from chassis.local_calls import connect
from chassis.testing.stacks import QUICK

CALLS = 300  # a line each: more than a pipe holds


class Served:
    """All services in one process, its stderr led where the test says."""

    def __init__(self, folder, before=(), **streams):
        settings = {**QUICK, "CHAMBERS_DATA_DIR": str(folder), "CHAMBERS_LOG_LEVEL": "info"}
        kept = {name: value for name, value in os.environ.items() if "CHAMBERS" not in name}
        command = [*before, sys.executable, "-m", "chassis.cli", "up"]
        self.configuration = Configuration({}, settings)
        self.process = subprocess.Popen(command, env={**kept, **settings}, cwd=folder, **streams)

    def call_often(self):
        """Refused calls, each of which is logged, and then one that is answered."""
        end = time.monotonic() + 60
        while True:
            try:
                with connect(self.configuration) as bus:
                    for _ in range(CALLS):
                        with pytest.raises(Unauthenticated):
                            bus.call("identity", "who_am_i", {})
                    return bus.call(
                        "identity", "request_password_reset", {"email": "nobody@mail.example"}
                    )
            except (Unavailable, OSError):
                assert time.monotonic() < end, "it does not start"
                assert self.process.poll() is None, "it ended"
                time.sleep(0.2)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.wait()


def closed_at_once():
    read, write = os.pipe()
    os.close(read)
    return write


KINDS = [
    "pipe nobody reads",
    pytest.param("full disk", marks=pytest.mark.long),
    pytest.param("reader gone", marks=pytest.mark.long),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_log_that_cannot_be_written_neither_fails_a_call_nor_ends_the_process(kind, tmp_path):
    full = os.open("/dev/full", os.O_WRONLY)
    unread, unread_end = os.pipe()
    ends = {"full disk": full, "pipe nobody reads": unread_end, "reader gone": closed_at_once()}

    served = Served(tmp_path, stderr=ends[kind])
    try:
        answer = served.call_often()
    finally:
        code = served.stop()
        for number in (*ends.values(), unread):
            os.close(number)

    assert answer == {"status": "check_mail"}
    assert code == 0


def test_a_process_without_stderr_serves(tmp_path):
    served = Served(tmp_path, before=["sh", "-c", 'exec "$@" 2>&-', "sh"])
    try:
        answer = served.call_often()
    finally:
        code = served.stop()

    assert answer == {"status": "check_mail"}
    assert code == 0


def test_a_broken_pipe_ends_with_a_code_of_its_own():
    script = f"{sys.executable} -m chassis.cli config show --json; echo $? >&2"
    command = ["bash", "-c", f"({script}) | true"]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert ended.stderr.split() == ["141"]
