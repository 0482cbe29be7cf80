"""A storm: two processes of each service are killed and frozen, their lines cut and swallowed.

One handler in twenty fails on top of it (F5). When it is over all settles within seconds.
"""

import os
import random
import secrets
import signal
import time
from contextlib import ExitStack, suppress

import eventlet
import pytest

from tests.conformance.proxy import Proxy
from tests.faults.invariants import violations, wait_until_settled
from tests.faults.lives import Lives
from tests.faults.processes import ServiceProcess

FAILING = {"CHAMBERS_FAULT_ERRORS": "0.05"}
SETTLED_WITHIN = 10.0
FROZEN_SECONDS = (0.5, 6.0)


class Storm:
    """What can happen to a deployment of two processes a service, the second behind proxies."""

    def __init__(self, deployment, folder, cleanup, chance):
        self.chance = chance
        self.broker = Proxy(deployment.rabbit.url)
        self.databases = {
            name: Proxy(deployment.configuration.service(name)["database_url"])
            for name in deployment.processes
        }
        for proxy in (self.broker, *self.databases.values()):
            cleanup.callback(proxy.close)
        self.first = list(deployment.processes.values())
        self.second = [self._behind(one, folder) for one in self.first]
        for process in self.second:
            cleanup.callback(process.kill)
            process.start(wait=False, **FAILING)
        self.happened: dict[str, int] = {}

    def _behind(self, process, folder):
        database = f"CHAMBERS_{process.name.upper()}_DATABASE_URL"
        lines = {"CHAMBERS_BUS_URL": self.broker.url, database: self.databases[process.name].url}
        return ServiceProcess(process.name, {**process.environment, **lines}, folder)

    def blow(self, seconds):
        """One thing after the other, until the time is over."""
        kinds = [self.kill, self.kill, self.freeze, self.cut, self.swallow]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            eventlet.sleep(self.chance.uniform(0.4, 1.5))
            kind = self.chance.choice(kinds)
            self.happened[kind.__name__] = self.happened.get(kind.__name__, 0) + 1
            kind()

    def kill(self):
        process = self.chance.choice(self.first + self.second)
        process.kill()
        process.start(wait=False, **FAILING)

    def freeze(self):
        process = self.chance.choice(self.first + self.second)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGSTOP)
        eventlet.spawn_after(self.chance.uniform(*FROZEN_SECONDS), thaw, process.pid)

    def cut(self):
        self._line().cut()

    def swallow(self):
        line = self._line()
        line.fall_silent()
        eventlet.spawn_after(self.chance.uniform(*FROZEN_SECONDS), line.speak_again)

    def _line(self):
        return self.chance.choice([self.broker, *self.databases.values()])

    def is_over(self):
        """All run again, and nothing stands in the way."""
        for process in self.first + self.second:
            if not process.alive:
                process.start(wait=False, **FAILING)
            thaw(process.pid)
        for line in (self.broker, *self.databases.values()):
            line.speak_again()
        for process in self.first + self.second:
            process.wait_running()


def thaw(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


@pytest.mark.crowd
@pytest.mark.proves("T28", "T29", "T31")
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize(
    "seconds", [20, *[pytest.param(seconds, marks=pytest.mark.long) for seconds in (60, 600)]]
)
def test_a_storm_loses_nothing_and_doubles_nothing(deployment, tmp_path, seconds):
    with ExitStack() as cleanup:
        cleanup.callback(deployment.stop_all)  # those that fail on purpose
        deployment.stop_all()
        deployment.start_all(**FAILING)
        workload = Lives(deployment, f"s{secrets.token_hex(4)}")
        workload.found(1_000)
        storm = Storm(deployment, tmp_path, cleanup, random.Random(seconds))
        blowing = eventlet.spawn(storm.blow, seconds)
        cleanup.callback(blowing.kill)  # it would go on after a failure, and start processes
        number = 0
        while not blowing.dead:
            workload.live(number)
            number += 1
        blowing.wait()
        storm.is_over()

        wait_until_settled(deployment, timeout=SETTLED_WITHIN)
        workload.sign_in_again(workload.founder)
        assert violations(deployment, workload) == []
        assert workload.broken() == []
    assert min(storm.happened.values()) >= 1
    assert len(storm.happened) == 4
    assert workload.joined
