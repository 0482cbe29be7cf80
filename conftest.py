"""Fixtures for every suite: the process is patched first, then one world per stack."""

import os
from collections.abc import Iterator

import pytest

import chassis.patch  # noqa: F401  - before everything else
from chassis import clock
from chassis.runner import installed_services
from chassis.testing.stacks import STACKS
from chassis.testing.world import World, running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stack",
        choices=(*STACKS, "both"),
        default="both",
        help="where tests that need services run",
    )

    parser.addoption("--long", action="store_true", help="run the slow cases too")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "stack_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--stack")
        stacks = STACKS if chosen == "both" else (chosen,)
        metafunc.parametrize("stack_kind", stacks, scope="session")


@pytest.fixture(scope="session")
def session_world(stack_kind: str) -> Iterator[World]:
    names = os.environ.get("CHAMBERS_TEST_SERVICES", "").split(",")
    services = [name for name in names if name] or installed_services()
    with running(stack_kind, services) as world:
        yield world


@pytest.fixture
def world(session_world: World) -> Iterator[World]:
    """All services on one stack. Tests make their own firms and never expect emptiness."""
    yield session_world
    clock.reset()
