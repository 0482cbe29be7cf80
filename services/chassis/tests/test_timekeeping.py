"""Jobs that end things for good do not go by a clock that has just jumped."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.timekeeping import Timekeeper

START = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Machine:
    """A wall clock that can be set, beside one that only goes on."""

    def __init__(self):
        self.wall, self.steady = START, 1_000.0

    def passes(self, step):
        self.wall += step
        self.steady += step.total_seconds()
        return self


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def keeper(machine):
    return Timekeeper(DAY, HOUR, machine=lambda: machine.wall, steady=lambda: machine.steady)


def test_a_clock_that_goes_as_time_does_is_trusted_however_long_nobody_looked(machine, keeper):
    assert keeper.doubt(None) is None
    machine.passes(timedelta(days=400))
    assert keeper.doubt(None) is None


@pytest.mark.parametrize("jump", [DAY + timedelta(seconds=1), -DAY - HOUR, timedelta(days=3650)])
def test_a_jump_of_more_than_a_day_has_to_hold_for_an_hour(machine, keeper, jump):
    keeper.doubt(None)
    machine.wall += jump

    assert "jumped" in keeper.doubt(None)
    machine.passes(HOUR - timedelta(seconds=1))
    assert "has to hold for 1 s" in keeper.doubt(None)
    machine.passes(timedelta(seconds=1))
    assert keeper.doubt(None) is None


def test_up_to_a_day_is_no_jump(machine, keeper):
    keeper.doubt(None)
    machine.wall += DAY

    assert keeper.doubt(None) is None


def test_a_clock_that_jumps_back_is_waited_for_anew(machine, keeper):
    keeper.doubt(None)
    machine.wall += timedelta(days=30)
    keeper.doubt(None)
    machine.passes(HOUR / 2)
    machine.wall -= timedelta(days=30)

    assert "hold for 3600 s" in keeper.doubt(None)


def test_while_the_databases_clock_says_otherwise_no_time_helps(machine, keeper):
    database = START - timedelta(days=2)
    for _ in range(3):
        assert "the database's 2027-02-27" in keeper.doubt(database)
        machine.passes(2 * HOUR)
        database += 2 * HOUR

    machine.wall = database
    assert "jumped" in keeper.doubt(database)
    machine.passes(HOUR)
    assert keeper.doubt(database + HOUR) is None


def test_after_a_start_the_clock_is_compared_with_the_last_event(machine, keeper):
    assert "jumped" in keeper.doubt(None, newest=START - timedelta(days=2))
    machine.passes(HOUR)
    assert keeper.doubt(None) is None


def test_a_start_soon_after_the_last_event_is_trusted_at_once(keeper):
    assert keeper.doubt(START, newest=START - HOUR) is None
