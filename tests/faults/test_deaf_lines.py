"""A service whose line to the broker swallows everything notices, and listens on another one."""

import time

import pytest

from chassis.bus.wire import HEARTBEAT
from chassis.errors import DeadlineExceeded, Unauthenticated, Unavailable
from tests.conformance.proxy import Proxy

NOTICED_WITHIN = 20.0  # seconds: two heartbeats, and a little


def seconds_until_answered(deployment) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 3 * NOTICED_WITHIN:
        try:
            deployment.call("groups.get_firm_overview", timeout=1)
        except Unauthenticated:
            return time.monotonic() - began
        except (DeadlineExceeded, Unavailable):
            continue
    raise AssertionError("never answered again")


@pytest.mark.timeout(180)
def test_a_service_that_hears_nothing_more_listens_anew_within_twenty_seconds(deployment, tmp_path):
    assert 2 * HEARTBEAT < NOTICED_WITHIN
    proxy = Proxy(deployment.rabbit.url)
    service = deployment.processes["groups"]
    service.kill()
    deaf = service.twin(tmp_path)
    try:
        deaf.start(CHAMBERS_BUS_URL=proxy.url)
        assert seconds_until_answered(deployment) < 5
        proxy.fall_silent()

        assert seconds_until_answered(deployment) < NOTICED_WITHIN
        assert deaf.alive
    finally:
        deaf.kill()
        proxy.close()
