"""kill -9 of the one embedded process: its bus forgets everything, its databases nothing."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

PLACES = (
    "before_commit",
    "after_commit",
    "before_ack",
    "after_ack",
    "before_reply",
    "relay_before_publish",
    "relay_after_publish_before_mark",
    "after_charge",
    "after_send_before_record",
)
SHORT = {"after_commit", "relay_before_publish", "after_send_before_record"}
CASES = [pytest.param(place, marks=() if place in SHORT else pytest.mark.long) for place in PLACES]


def start(folder: Path, size: int, fault: str = "") -> subprocess.Popen:
    env = {**os.environ, **({"CHAMBERS_FAULT": f"{fault}:{folder}/fault"} if fault else {})}
    command = [sys.executable, "-m", "tests.faults.embedded_process", str(folder), "e", str(size)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(folder: Path, size: int) -> list[str]:
    process = start(folder, size)
    out, err = process.communicate(timeout=150)
    assert process.returncode == 0, err.decode()[-4000:]
    broken: list[str] = json.loads(out)["broken"]
    return broken


@pytest.mark.proves("T29")
@pytest.mark.parametrize("place", CASES)
def test_a_death_of_everything_at_once_loses_and_doubles_nothing(tmp_path, place):
    doomed = start(tmp_path, 2, fault=place)
    doomed.communicate(timeout=100)
    assert doomed.returncode == 137, "the fault was never reached"

    assert finish(tmp_path, 2) == []


@pytest.mark.parametrize("deaths", [3, pytest.param(12, marks=pytest.mark.long)])
def test_deaths_at_any_moment_lose_and_double_nothing(tmp_path, deaths):
    chance = random.Random(5)
    for _ in range(deaths):
        process = start(tmp_path, 6)
        time.sleep(chance.uniform(2.0, 6.0))
        process.kill()
        process.communicate()

    assert finish(tmp_path, 6) == []
