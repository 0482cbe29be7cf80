"""One deployment for the suite; a test that stops something starts it again."""

from collections.abc import Iterator

import pytest

from chassis.testing.nursery import Nursery
from tests.faults.deployment import Deployment, deployed
from tests.faults.processes import NURSERY

# Consumers are asked what never came all the time, so every fault meets that, too.
WATCHFUL = {"CHAMBERS_EVENTS_COMPARE_EVERY": "20s", "CHAMBERS_EVENTS_COMPARE_AFTER": "2s"}


@pytest.fixture(scope="session", autouse=True)
def nursery() -> Iterator[Nursery]:
    """Starts programs from one process that has imported everything."""
    yield NURSERY
    NURSERY.close()


@pytest.fixture(scope="session")
def session_deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("deployment")
    folder.chmod(0o755)
    with deployed(folder, **WATCHFUL) as deployment:
        yield deployment


@pytest.fixture
def deployment(session_deployment: Deployment) -> Deployment:
    """Everything runs; whatever a test before left dead is started again."""
    session_deployment.start_all()
    return session_deployment


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without ``--long`` the slow cases of a matrix are left to their own run."""
    if config.getoption("--long"):
        return
    kept = [item for item in items if "long" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "long" in item.keywords])
    items[:] = kept
