"""One process at a time on an embedded data directory."""

import subprocess
import sys

import pytest

from tests.commands.conftest import environment


def start(data):
    """``chambers up``, once it says that it runs, or has ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chassis.cli", "up"],
        env=environment(data),
        cwd=data,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in process.stderr:
        said.append(line)
        if "running:" in line:
            return process, "".join(said)
    process.wait(60)
    return process, "".join(said)


@pytest.mark.proves("F147")
def test_a_second_process_on_the_same_data_does_not_start_and_a_crash_leaves_no_lock(tmp_path):
    first, _ = start(tmp_path)
    try:
        second, said = start(tmp_path)
        first.kill()
        first.communicate(timeout=30)
        third, again = start(tmp_path)
    finally:
        first.kill()
    third.terminate()
    third.communicate(timeout=60)

    assert second.returncode == 3
    assert "services run already on" in said
    assert "stop them first" in said
    assert "running:" in again
    assert third.returncode == 0
