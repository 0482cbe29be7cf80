"""Broker, database and services restarted under way: late, perhaps, but nothing lost or doubled."""

import secrets

import eventlet
import pytest

from tests.faults.invariants import violations
from tests.faults.workload import Workload

AWAY_SECONDS = 3


def broker_restarts(deployment):
    deployment.rabbit.stop()
    eventlet.sleep(AWAY_SECONDS)
    deployment.rabbit.start()


def broker_dies(deployment):
    deployment.rabbit.kill()
    deployment.rabbit.start()


def database_restarts_at_once(deployment):
    deployment.postgres.kill()
    deployment.postgres.start()


@pytest.mark.proves("T28", "T29")
@pytest.mark.parametrize("trouble", [broker_restarts, broker_dies, database_restarts_at_once])
def test_the_work_goes_on_after(deployment, trouble):
    workload = Workload(deployment, f"r{secrets.token_hex(4)}")
    workload.found(3)
    under_way = eventlet.spawn(workload.work, 3)
    eventlet.sleep(0.5)
    trouble(deployment)
    under_way.wait()

    assert violations(deployment, workload) == []
    assert all(process.alive for process in deployment.processes.values())


@pytest.mark.proves("T29")
def test_a_rolling_restart_drains_and_repeats_nothing(deployment):
    workload = Workload(deployment, f"t{secrets.token_hex(4)}")
    workload.found(3)
    under_way = eventlet.spawn(workload.work, 3)
    for process in deployment.processes.values():
        code, seconds = process.terminate()
        assert (process.name, code) == (process.name, 0)
        assert seconds < 10
        process.start()
    under_way.wait()

    assert violations(deployment, workload) == []
