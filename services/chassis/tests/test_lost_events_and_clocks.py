"""While the clock is in doubt nothing is too old, and so nothing is passed over."""

from datetime import timedelta

import eventlet
import pytest

from chassis import clock
from chassis.comparison import LOOK_BACK
from chassis.testing.world import eventually
from chassis.timekeeping import Timekeeper
from services.chassis.tests.losing import all_received, listening, lose, mark


@pytest.fixture
def jumping(world):
    """The shop goes by a clock that the test sets on, and that has to hold for two seconds."""
    eventually(lambda: listening(world))
    provider = world.database("shop").provider
    before = provider.timekeeper
    ahead = timedelta()

    def jump(step):
        nonlocal ahead
        ahead = step

    limit, hold = timedelta(days=1), timedelta(seconds=2)
    provider.timekeeper = Timekeeper(limit, hold, machine=lambda: clock.machine() + ahead)
    assert provider.timekeeper.trusts(provider.store, "a look")
    yield jump
    provider.timekeeper = before


def test_nothing_is_passed_over_as_too_old_while_the_clock_is_in_doubt(world, jumping):
    eventually(lambda: all_received(world), timeout=20)
    jumping(timedelta(days=400))
    received_to = mark(world).received_to
    lose(world, "old", age=LOOK_BACK + timedelta(minutes=1))
    eventlet.sleep(1.5)  # several turns
    assert mark(world).received_to == received_to

    jumping(timedelta())
    eventually(lambda: all_received(world), timeout=20)
