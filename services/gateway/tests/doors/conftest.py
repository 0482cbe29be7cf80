"""Two firms with one of everything, and requests in anybody's name to every route and page."""

import pytest

from chassis.testing.world import World
from gateway.application import Gateway
from services.gateway.tests.doors.visitors import Visitors
from tests.badinput.stage import Stage, set_up


@pytest.fixture(scope="session")
def stage(session_world: World) -> Stage:
    return set_up(session_world)


@pytest.fixture(scope="session")
def visitors(application: Gateway, stage: Stage) -> Visitors:
    return Visitors(application, stage.world.configuration.get("public_url"))
