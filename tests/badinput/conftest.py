"""One stage per stack for the whole suite, and the means to see that nothing changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.badinput.digest import Watch, digest, settled
from tests.badinput.stage import Stage, set_up


@dataclass
class Known:
    """The stage, and what all services knew when somebody last looked."""

    stage: Stage
    watch: Watch
    stamp: str
    state: dict[str, str]


@pytest.fixture(scope="session")
def known(session_world) -> Iterator[Known]:
    stage = set_up(session_world)
    watch = Watch(session_world)
    settled(session_world)
    yield Known(stage, watch, watch.stamp(), digest(session_world))
    watch.close()


@pytest.fixture
def stage(known, world) -> Stage:
    return known.stage


@pytest.fixture
def unchanged(known, world):
    """Whatever the test does, no service knows anything else afterwards."""
    before = known.state
    yield
    stamp = known.watch.stamp()
    if stamp != known.stamp:  # something was written; perhaps only what is no service's own
        known.stamp, known.state = stamp, digest(world)
    assert known.state == before
