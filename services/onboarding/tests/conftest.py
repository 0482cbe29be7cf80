"""The command as a process of its own, on data of the test's own."""

import os

import pytest

from chassis.testing.nursery import Nursery
from chassis.testing.stacks import IN_TESTS
from services.onboarding.tests.offices import PASSWORD


@pytest.fixture
def env(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    own = {"CHAMBERS_DATA_DIR": str(tmp_path / "data"), "CHAMBERS_PASSWORD": PASSWORD}
    return {**kept, **IN_TESTS, **own}


@pytest.fixture(scope="session")
def nursery():
    found = Nursery()
    yield found
    found.close()


@pytest.fixture
def onboard(tmp_path, env, nursery):
    def run(*arguments, **settings):
        words = ["onboard", "practice.toml", *arguments]
        return nursery.run(words, {**env, **settings}, cwd=tmp_path)

    return run
