import pytest

from chassis.keys import OPERATOR, ensure
from services.identity.tests.builders.people import STRANGERS, register


@pytest.fixture
def world(world):
    """Identity's callers need keys even where they do not run."""
    callers = ["groups", "billing", "clients", "notifications", OPERATOR]
    ensure(world.configuration.get("keys.directory"), callers)
    return world


@pytest.fixture
def ann(world):
    """A professional who has just registered."""
    return register(world)


@pytest.fixture
def stranger(world):
    """Somebody who has registered an address that is not theirs."""
    return register(world, kind="client", name="Prankster", password=STRANGERS)
