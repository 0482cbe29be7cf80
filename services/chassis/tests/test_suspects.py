"""Events that may have ended a process run one at a time."""

from functools import partial

import eventlet
import pytest
from nameko.containers import ServiceContainer

from chassis.events import Suspects
from chassis.testing.world import eventually


class Quiet:
    """A service without messages."""

    name = "quiet"


@pytest.fixture
def container():
    return ServiceContainer(Quiet, {})


@pytest.fixture
def suspects(container):
    return Suspects().bind(container)


def test_the_next_starts_when_the_one_before_has_left_in_the_order_of_arrival(suspects):
    started = []
    for name in "abc":
        suspects.enter(partial(started.append, name))
    assert started == ["a"]

    suspects.leave()
    assert eventually(lambda: started[1:]) == ["b"]
    eventlet.sleep(0.01)
    assert started == ["a", "b"]

    suspects.leave()
    assert eventually(lambda: started[2:]) == ["c"]
    suspects.leave()
    suspects.enter(partial(started.append, "d"))
    assert started[-1] == "d"


def test_those_that_wait_are_not_started_any_more_once_the_process_ends(suspects):
    started = []
    for name in "ab":
        suspects.enter(partial(started.append, name))

    suspects.forget()
    suspects.leave()
    eventlet.sleep(0.01)

    assert started == ["a"]
