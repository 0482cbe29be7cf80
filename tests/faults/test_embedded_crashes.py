"""kill -9 of the one embedded process: its bus forgets everything, its databases nothing."""

import json
import os
import random

import eventlet
import pytest

from chassis.testing.nursery import Child

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


@pytest.fixture
def start(nursery, tmp_path):
    """Starts the process on the test's data."""

    def begin(size: int, fault: str = "") -> Child:
        env = {**os.environ, **({"CHAMBERS_FAULT": f"{fault}:{tmp_path}/fault"} if fault else {})}
        arguments = [str(tmp_path), "e", str(size)]
        files = tmp_path / "out", tmp_path / "err"
        return nursery.start(arguments, env, *files, module="tests.faults.embedded_process")

    return begin


@pytest.fixture
def finish(start, tmp_path):
    """Starts it once more and lets it end; what it found broken."""

    def run(size: int) -> list[str]:
        with eventlet.Timeout(150):
            code = start(size).wait()
        assert code == 0, (tmp_path / "err").read_text()[-4000:]
        broken: list[str] = json.loads((tmp_path / "out").read_text().splitlines()[-1])["broken"]
        return broken

    return run


@pytest.mark.proves("T29")
@pytest.mark.parametrize("place", CASES)
def test_a_death_of_everything_at_once_loses_and_doubles_nothing(start, finish, place):
    with eventlet.Timeout(100):
        code = start(2, fault=place).wait()
    assert code == 137, "the fault was never reached"

    assert finish(2) == []


@pytest.mark.parametrize("deaths", [3, pytest.param(12, marks=pytest.mark.long)])
def test_deaths_at_any_moment_lose_and_double_nothing(start, finish, deaths):
    chance = random.Random(5)
    for _ in range(deaths):
        process = start(6)
        eventlet.sleep(chance.uniform(1.0, 5.0))
        process.kill()
        process.wait()

    assert finish(6) == []
