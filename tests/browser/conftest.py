"""A browser beside `chambers up`, and beside a broker with two gateways.

Playwright starts threads and processes of its own, so this suite's process is not patched by
eventlet: `chambers test` says so by a variable, see ``chassis.testing.suites``.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from eventlet import patcher
from playwright.sync_api import Browser, sync_playwright

from tests.browser.house import House, running
from tests.browser.people import Somebody
from tests.browser.practice import Practice, a_practice
from tests.support.second_stack import leave_to_long

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# What two gateways and a broker can change. How pages look is the same wherever they come from.
ON_BOTH_STACKS = ("test_first_day.py", "test_changes_live.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave looking at pages on the second stack to ``--long``."""
    leave_to_long(config, items, Path(__file__).parent, ON_BOTH_STACKS)


def pytest_sessionstart(session: pytest.Session) -> None:
    if patcher.is_monkey_patched("socket"):
        raise pytest.UsageError("run it by: ./chambers test --suite browser")


@pytest.fixture(scope="session")
def house(stack_kind: str) -> Iterator[House]:
    """All services in processes of their own, with one gateway or two."""
    with running(stack_kind) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=os.environ.get("CHAMBERS_TEST_CHROMIUM", "/usr/bin/chromium"),
            args=ARGUMENTS,
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def practice(house: House) -> Practice:
    """A firm with something on every page; tests add to it, and take nothing away."""
    return a_practice(house)


@pytest.fixture
def somebody(house: House, browser: Browser) -> Iterator[Callable[..., Somebody]]:
    """``somebody("Ana Meyer")``: a person at a browser of their own, at one of the gateways."""
    people: list[Somebody] = []

    def appear(name: str, **options: object) -> Somebody:
        at = house.addresses[len(people) % len(house.addresses)]
        people.append(Somebody(house, browser, at, name, **options))
        return people[-1]

    yield appear
    for person in people:
        person.leave()
