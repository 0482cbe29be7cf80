"""The command as a process of its own, on data of the test's own."""

import os
import subprocess
import sys

import pytest

from services.onboarding.tests.offices import PASSWORD

QUICK = {"CHAMBERS_IDENTITY_ARGON2_MEMORY_KIB": "64", "CHAMBERS_IDENTITY_ARGON2_TIME_COST": "1"}
COMMAND = [sys.executable, "-P", "-m", "chassis.cli"]


@pytest.fixture
def env(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    own = {"CHAMBERS_DATA_DIR": str(tmp_path / "data"), "CHAMBERS_PASSWORD": PASSWORD}
    return {**kept, **QUICK, **own}


@pytest.fixture
def onboard(tmp_path, env):
    def run(*arguments, **settings):
        return subprocess.run(
            [*COMMAND, "onboard", "practice.toml", *arguments],
            env={**env, **settings},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
        )

    return run
