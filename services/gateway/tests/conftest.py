"""The gateway's application beside all services, and readers who look at its pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chassis.config import Configuration
from chassis.ids import uuid7
from chassis.keys import ensure
from chassis.testing.world import World
from chassis.web import ServiceCall
from gateway.application import Gateway, build
from services.gateway.tests.reading import Reader
from tests.support.practice import Person
from tests.support.second_stack import leave_to_long


@pytest.fixture(scope="session")
def call(session_world: World) -> ServiceCall:
    """What an application calls the world's services by."""

    def call_world(
        service: str,
        method: str,
        fields: Any,
        *,
        token: str | None = None,
        key: str | None = None,
        call_id: str | None = None,
    ) -> Any:
        headers = {"access_token": token, "idempotency_key": key or str(uuid7())}
        return session_world.client.call(service, method, fields, headers=headers, timeout=15)

    return call_world


# A page asks by RPC and keeps nothing: what a service answers is tried on both stacks in its own
# tests. Here only what the way there has to do with the bus is.
ON_BOTH_STACKS = ("test_live.py", "test_logins.py", "test_sessions.py", "test_answers.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the pages on the second stack to ``--long``."""
    leave_to_long(config, items, Path(__file__).parent, ON_BOTH_STACKS)


@pytest.fixture(scope="session")
def application(session_world: World, call: ServiceCall) -> Gateway:
    """The WSGI application as a process of the gateway builds it, calling the world's services."""
    configuration: Configuration = session_world.configuration
    ensure(configuration.get("keys.directory"), ["gateway"])
    return build(call, configuration)


@pytest.fixture
def reader(application: Gateway, world: World) -> Reader:
    """Somebody with a browser, who is not logged in."""
    return Reader(application, world.configuration.get("public_url"))


@pytest.fixture
def reading_as(application: Gateway, world: World) -> Callable[[Person], Reader]:
    """``reading_as(person)``: somebody with a browser, logged in through the page."""

    def log_in(person: Person) -> Reader:
        reader = Reader(application, world.configuration.get("public_url"))
        reader.log_in(person.email)
        return reader

    return log_in
