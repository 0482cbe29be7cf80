"""One stage per stack for the whole suite, and the means to see that nothing changed."""

from dataclasses import dataclass

import pytest

from tests.badinput.digest import digest, settled
from tests.badinput.stage import Stage, set_up


@dataclass
class Known:
    """The stage, and what all services knew when somebody last looked."""

    stage: Stage
    state: dict[str, str]


@pytest.fixture(scope="session")
def known(session_world) -> Known:
    stage = set_up(session_world)
    return Known(stage, settled(session_world))


@pytest.fixture
def stage(known, world) -> Stage:
    return known.stage


@pytest.fixture
def unchanged(known, world):
    """Whatever the test does, no service knows anything else afterwards."""
    before = known.state
    yield
    known.state = digest(world)
    assert known.state == before
