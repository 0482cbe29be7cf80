"""Fixtures for every suite: the process is patched first, then one world per stack."""

import gc
import inspect
import os
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

# A browser's driver cannot live in a process that is patched.
if "CHAMBERS_TEST_UNPATCHED" not in os.environ:
    import chassis.patch  # noqa: F401  - before everything else

from chassis import clock
from chassis.runner import installed_services
from chassis.testing.stacks import STACKS
from chassis.testing.world import World, running

# How long an example takes to draw is the machine's affair, on which several suites run at once.
settings.register_profile("lanes", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lanes")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stack",
        choices=(*STACKS, "both"),
        default="both",
        help="where tests that need services run",
    )

    parser.addoption("--long", action="store_true", help="run the slow cases too")
    parser.addoption("--light", action="store_true", help="leave out what is marked as heavy")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "stack_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--stack")
        stacks = STACKS if chosen == "both" else (chosen,)
        metafunc.parametrize("stack_kind", stacks, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Modules that move the clock come first, and what leaves a crowd behind comes last.

    All that earlier tests have left in the world falls due when the clock is moved, for every
    service: the fewer firms there are, the less has to be done before a test sees what it waits
    for.
    """
    if config.getoption("--light"):
        heavy = [item for item in items if item.get_closest_marker("heavy")]
        config.hook.pytest_deselected(items=heavy)
        items[:] = [item for item in items if not item.get_closest_marker("heavy")]
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    if item.get_closest_marker("crowd"):
        return 2
    return 0 if _moves_the_clock(inspect.getmodule(item.obj)) else 1  # type: ignore[attr-defined]


@cache
def _moves_the_clock(module: ModuleType) -> bool:
    source = inspect.getsource(module)
    return "clock.advance(" in source or "pass_days(" in source


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays to the end: libraries, services, tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def processes() -> int:
    """Return how often each service is there on RabbitMQ.

    A suite asks for more where it may matter.
    """
    return 1


@pytest.fixture(scope="session")
def session_world(stack_kind: str, processes: int) -> Iterator[World]:
    names = os.environ.get("CHAMBERS_TEST_SERVICES", "").split(",")
    services = [name for name in names if name] or installed_services()
    with running(stack_kind, services, processes) as world:
        yield world


@pytest.fixture
def world(session_world: World) -> Iterator[World]:
    """Yield all services on one stack. Tests make their own firms and never expect emptiness."""
    yield session_world
    clock.reset()
