"""The programs of the tests are forked from one process, and none of it stays behind."""

import os
import signal
import subprocess
import sys

import pytest

from chassis.testing.nursery import Nursery
from chassis.testing.world import eventually

pytestmark = pytest.mark.heavy

ALONE = """
import os, sys
from pathlib import Path
import chassis.patch
from chassis.testing.nursery import Nursery
nursery = Nursery()
nursery.run(["version"], dict(os.environ), Path.cwd())
print(nursery._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def nursery():
    found = Nursery()
    yield found
    found.close()


def test_a_command_that_is_forked_does_and_says_what_one_that_is_started_does(nursery, tmp_path):
    env = {**os.environ, "CHAMBERS_DATA_DIR": str(tmp_path)}
    for words in (["version"], ["migrate", "nobody"]):
        command = [sys.executable, "-P", "-m", "chassis.cli", *words]
        started = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True)
        forked = nursery.run(words, env, tmp_path)

        assert (forked.returncode, forked.stdout, forked.stderr) == (
            started.returncode, started.stdout, started.stderr,
        )  # fmt: skip


def test_another_program_of_ones_own_is_forked_too(nursery, tmp_path):
    program = tmp_path / "own_program.py"
    program.write_text("import sys\nprint(__name__, sys.argv[1:])\nsys.exit(7)\n")
    said = tmp_path / "said"

    child = nursery.start(["a", "b"], os.environ, said, cwd=tmp_path, module="own_program")

    assert child.wait() == 7
    assert said.read_text() == "__main__ ['a', 'b']\n"


def test_how_a_process_ended_is_heard_also_of_one_that_was_killed(nursery, tmp_path):
    said = tmp_path / "said"
    child = nursery.start(["up"], {**os.environ, "CHAMBERS_DATA_DIR": str(tmp_path)}, said)

    eventually(lambda: said.exists() and b"running:" in said.read_bytes())
    assert child.poll() is None
    child.kill()

    assert child.wait() == -signal.SIGKILL


def test_it_ends_with_who_uses_it_however_that_ends():
    ended = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True)

    assert ended.returncode == -signal.SIGKILL
    eventually(lambda: not is_alive(int(ended.stdout)))


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
