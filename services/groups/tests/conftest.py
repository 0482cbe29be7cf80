"""Groups' tests speak for identity and billing themselves, so they also run without these two."""

import pytest

from chassis.keys import OPERATOR, ensure
from chassis.testing.world import World

SPEAKERS = ("identity", "groups", "billing", "clients", "notifications", OPERATOR)


@pytest.fixture
def world(world: World) -> World:
    """The world, with a key for everybody whose part a test plays."""
    ensure(world.configuration.get("keys.directory"), SPEAKERS)
    return world
