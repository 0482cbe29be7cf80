"""The command as a process of its own, on data of the test's own."""

import os

import pytest

from chassis.testing.nursery import Nursery
from services.onboarding.tests.offices import PASSWORD

QUICK = {"CHAMBERS_IDENTITY_ARGON2_MEMORY_KIB": "64", "CHAMBERS_IDENTITY_ARGON2_TIME_COST": "1"}


@pytest.fixture
def env(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    own = {"CHAMBERS_DATA_DIR": str(tmp_path / "data"), "CHAMBERS_PASSWORD": PASSWORD}
    return {**kept, **QUICK, **own}


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
