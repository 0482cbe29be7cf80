"""A flood of calls by nobody in particular leaves the logins of those who are known alone.

With passwords hashed at their full cost, as that is what a flood takes away.
"""

import statistics
import time

import eventlet
import pytest

from chassis.errors import ChassisError
from chassis.keys import OPERATOR, ensure
from chassis.testing.nodes import RabbitNode
from chassis.testing.world import running
from identity.settings import KEYS
from services.identity.tests.builders.people import PASSWORD, an_email, register

pytestmark = pytest.mark.heavy

FULL = {
    f"CHAMBERS_IDENTITY_{key.name.upper()}": str(key.default)
    for key in KEYS
    if key.name.startswith("argon2")
}
AT_ONCE = 30  # calls under way at any time: more than identity has workers, and places for them
LOGINS = 7
TIMES_SLOWER = 20  # about seven are measured: who calls waits behind those that came before


@pytest.fixture(scope="module")
def costly(stack_kind):
    """Identity alone, on a broker of its own: another world's identity answers none of it."""
    with pytest.MonkeyPatch.context() as patched:
        if stack_kind == "rabbitmq":
            node = RabbitNode()
            patched.setenv("CHAMBERS_TEST_RABBITMQ_URL", node.__enter__().url)
        try:
            with running(stack_kind, ["identity"], **FULL) as world:
                ensure(world.configuration.get("keys.directory"), ["notifications", OPERATOR])
                yield world
        finally:
            if stack_kind == "rabbitmq":
                node.__exit__(None, None, None)


def log_in(world):
    return world.call("identity.log_in", email=an_email(), password=PASSWORD)


def sign_up(world):
    fields = {"password": PASSWORD, "name": "Nobody", "kind": "client"}
    return world.call("identity.register", email=an_email(), **fields)


def reset(world):
    return world.call("identity.request_password_reset", email=an_email())


def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class Flood:
    """Calls of one kind by nobody in particular, so many under way at any time."""

    def __init__(self, world, call):
        self.world, self.call = world, call
        self.outcomes = []
        self._over = False
        self._threads = [eventlet.spawn(self._go) for _ in range(AT_ONCE)]

    def _go(self):
        while not self._over:
            try:
                self.call(self.world)
                self.outcomes.append("ok")
            except ChassisError as error:
                self.outcomes.append(error.code)

    def end(self):
        self._over = True
        for thread in self._threads:
            thread.wait()


@pytest.mark.proves("F106")
@pytest.mark.parametrize("call", [log_in, sign_up, reset])
def test_a_known_device_logs_in_while_a_flood_goes_on(costly, call):
    ann = register(costly).verify()
    device = ann.log_in()["device_token"]
    quiet = [seconds(lambda: ann.log_in(device_token=device)) for _ in range(LOGINS)]

    flood = Flood(costly, call)
    try:
        eventlet.sleep(0.5)
        # Not one is refused: `log_in` would raise.
        busy = [seconds(lambda: ann.log_in(device_token=device)) for _ in range(LOGINS)]
    finally:
        flood.end()

    assert statistics.median(busy) < TIMES_SLOWER * statistics.median(quiet), (quiet, busy)
    assert len(flood.outcomes) > AT_ONCE
    if call is not reset:
        assert "hashing_busy" in flood.outcomes  # there were more than could be served


def test_strangers_are_served_as_fast_as_can_be_hashed_while_they_are_too_many(costly):
    flood = Flood(costly, log_in)
    eventlet.sleep(2)
    flood.end()

    # The pace that all once shared let 2.5 in a second through.
    assert flood.outcomes.count("email_or_password_wrong") > 2 * 5
    assert set(flood.outcomes) == {"email_or_password_wrong", "hashing_busy"}
