"""Two grounds to test on: all services in a world, and billing's database alone."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from chassis import clock
from chassis.keys import OPERATOR, ensure
from chassis.testing.stacks import database_server
from chassis.testing.world import World
from services.billing.tests.builders.desk import Desk, opened_desk

SPEAKERS = ("identity", "groups", "billing", OPERATOR)


@pytest.fixture
def world(world: World) -> World:
    """The world, with a key for everybody whose part a test plays."""
    ensure(world.configuration.get("keys.directory"), SPEAKERS)
    return world


@pytest.fixture(scope="session")
def server(stack_kind: str) -> Iterator[str | None]:
    """A PostgreSQL server's URL, or None where SQLite is used."""
    with ExitStack() as cleanup:
        yield cleanup.enter_context(database_server()) if stack_kind == "rabbitmq" else None


@pytest.fixture
def desk(server: str | None, tmp_path: Path) -> Iterator[Desk]:
    """Billing's database alone, migrated and empty; no job runs but those the test runs."""
    with opened_desk(server, tmp_path) as desk:
        yield desk
    clock.reset()
