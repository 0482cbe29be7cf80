"""A folder like a checkout, in which the commands of the documents are run."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.testing.nursery import Nursery
from chassis.testing.stacks import IN_TESTS
from tests.docs.commands import DATABASES, SECRETS
from tests.docs.documents import ROOT

FOR_A_SHELL = frozenset("|&;<>$`*#~")


def pytest_collection_modifyitems(config, items):
    """Without ``--long`` nothing is downloaded here."""
    if config.getoption("--long"):
        return
    slow = [item for item in items if item.get_closest_marker("long") and "docs" in item.nodeid]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


def environment(**settings: str) -> dict[str, str]:
    """Ours without any setting of Chambers, and these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    return {**kept, **IN_TESTS, **settings}


def make_checkout(folder: Path) -> Path:
    """``./chambers`` and the folders that commands name; data go into the folder itself.

    The script that sets up ``.venv`` has tests of its own and is left out here.
    """
    python = shlex.quote(sys.executable)
    script = folder / "chambers"
    script.write_text(f'#!/bin/sh\nexec {python} -P -m chassis.cli "$@"\n')
    script.chmod(0o755)
    for name in ("deploy", "services"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def nursery():
    """Starts commands of ours; loading every library anew would take each two seconds."""
    found = Nursery()
    yield found
    found.close()


@pytest.fixture(scope="module")
def typed(checkout, nursery):
    """Runs a line as somebody would type it, in a shell where it needs one; the ended process."""

    def run(line: str, **settings: str) -> subprocess.CompletedProcess:
        settings.setdefault("CHAMBERS_KEYS_DIRECTORY", "var/keys")
        if "production.toml" in line:
            settings = SECRETS | settings
        if line.endswith("config check"):
            settings = DATABASES | settings
        env = environment(**settings)
        if line.startswith("./chambers ") and not FOR_A_SHELL & {*line}:
            return nursery.run(shlex.split(line)[1:], env, cwd=checkout)
        return subprocess.run(
            ["sh", "-c", line], cwd=checkout, env=env, check=False,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    return run


@pytest.fixture
def up(tmp_path):
    """All services, started as README says, in a folder of their own."""
    folder = make_checkout(tmp_path)
    process = subprocess.Popen(
        ["./chambers", "up"], cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "running:" in line:
            break
    yield folder
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
