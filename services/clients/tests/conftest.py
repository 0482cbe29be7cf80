"""Clients' own database on each stack, without the bus, and what tests put into it."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from chassis.keys import OPERATOR, ensure
from chassis.migrations import upgrade
from chassis.store import Store
from chassis.testing.stacks import database_server, fresh_database
from chassis.testing.world import World

SPEAKERS = ("groups", "billing", "notifications", OPERATOR)


@pytest.fixture
def world(world: World) -> World:
    """The world, with a key for everybody whose part a test plays."""
    ensure(world.configuration.get("keys.directory"), SPEAKERS)
    return world


@pytest.fixture(scope="session")
def store(stack_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A migrated database: SQLite on the embedded stack, else PostgreSQL."""
    with ExitStack() as cleanup:
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'clients.db'}"
        if stack_kind != "embedded":
            server = cleanup.enter_context(database_server())
            url = cleanup.enter_context(fresh_database(server, "clients"))
        upgrade("clients", url)
        store = Store(url)
        cleanup.callback(store.close)
        yield store


@pytest.fixture
def session(store: Store) -> Iterator:
    """A transaction of which nothing is kept."""
    with store.begin() as session:
        yield session
        session.rollback()
