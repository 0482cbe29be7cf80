"""A storm: random services die every second or two while one handler in twenty fails (F5)."""

import random
import secrets
import time

import eventlet
import pytest

from tests.faults.deployment import Deployment
from tests.faults.invariants import violations
from tests.faults.lives import Lives


def storm(deployment: Deployment, seconds: float, chance: random.Random) -> int:
    """Kill and start again until the time is over; how many were killed."""
    killed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        eventlet.sleep(chance.uniform(1.0, 2.2))
        process = chance.choice(list(deployment.processes.values()))
        process.kill()
        killed += 1
        process.start(wait=False, CHAMBERS_FAULT_ERRORS="0.05")
    return killed


@pytest.mark.proves("T28", "T29", "T31")
@pytest.mark.timeout(420)
@pytest.mark.parametrize("seconds", [12, pytest.param(60, marks=pytest.mark.long)])
def test_a_storm_loses_nothing_and_doubles_nothing(deployment, seconds):
    chance = random.Random(seconds)
    deployment.stop_all()
    deployment.start_all(CHAMBERS_FAULT_ERRORS="0.05")
    workload = Lives(deployment, f"s{secrets.token_hex(4)}")
    workload.found(1_000)
    stopped = eventlet.spawn(storm, deployment, seconds, chance)
    number = 0
    while not stopped.dead:
        workload.live(number)
        number += 1
    killed = stopped.wait()
    deployment.start_all(CHAMBERS_FAULT_ERRORS="0.05")

    assert violations(deployment, workload) == []
    assert workload.broken() == []
    assert killed >= seconds // 3
    assert workload.joined
