"""What ``deploy/`` holds can be used as it is."""

import re
import shlex
import shutil
import subprocess
import tomllib

import pytest

from chassis.runner import STOP_SECONDS
from tests.docs.commands import DATABASES, SECRETS
from tests.docs.documents import ROOT
from tests.docs.test_commands import parse

UNIT = ROOT / "deploy" / "systemd" / "chambers@.service"
README = ROOT / "deploy" / "README.md"
PRODUCTION = ROOT / "deploy" / "production.toml"
NEEDS_SYSTEMD = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")


def setting(name):
    [found] = re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.MULTILINE)
    return found


@pytest.fixture
def unit(tmp_path):
    """The unit with a program that is there, as systemd looks for it."""
    program = tmp_path / "chambers"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    installed = shlex.split(setting("ExecStart"))[0]
    path = tmp_path / UNIT.name
    path.write_text(UNIT.read_text().replace(installed, str(program)))
    return path


def test_each_promise_names_a_test_that_is_there():
    promises = README.read_text().partition("## What is promised")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]

    for row in rows:
        [(name, path)] = re.findall(r"\[(test_\w+(?:\.py)?)\]\(\.\./([^)]+)\)", row)
        tests = (ROOT / path).read_text()
        assert name == (ROOT / path).name or f"def {name}(" in tests, row
    assert len(rows) > 20


def test_the_production_configuration_holds_no_secret_and_no_plain_address_passes(typed):
    """That it is accepted as it stands is tried with the other commands of deploy/README.md."""
    written = PRODUCTION.read_text()
    check = "./chambers --config deploy/production.toml config check"

    assert typed("./chambers keys").returncode == 0
    assert all(name in written for name in SECRETS)
    assert typed(check).returncode == 0
    assert "password" not in {key for table in tomllib.loads(written).values() for key in table}
    assert typed(check, CHAMBERS_PUBLIC_URL="http://chambers.example").returncode == 3
    assert typed(check, CHAMBERS_GROUPS_DATABASE_URL="sqlite:///groups.db").returncode == 3


def test_the_production_configuration_without_its_secrets_is_not_accepted(typed):
    """Without them the defaults count, all of them parts for trying out."""
    assert typed("./chambers keys").returncode == 0
    ended = typed(
        "./chambers --config deploy/production.toml config check",
        CHAMBERS_BUS_URL="embedded://chambers",
        CHAMBERS_NOTIFICATIONS_SMTP_PASSWORD="",
        **dict.fromkeys(DATABASES, "sqlite:///some.db"),
    )
    said = [line.split()[0] for line in ended.stderr.splitlines()]

    assert ended.returncode == 3
    assert said == [
        "bus.url", "billing.database_url", "clients.database_url", "groups.database_url",
        "identity.database_url", "notifications.database_url", "notifications.smtp_password",
    ]  # fmt: skip


def test_the_unit_runs_a_command_that_exists_and_leaves_time_to_drain():
    program, *arguments = shlex.split(setting("ExecStart"))
    parse(["groups" if argument == "%i" else argument for argument in arguments])

    assert program.endswith("/.venv/bin/chambers")
    assert int(setting("TimeoutStopSec")) > STOP_SECONDS
    assert setting("Restart") == "on-failure"


@NEEDS_SYSTEMD
def test_systemd_finds_nothing_wrong_with_the_unit(unit):
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], check=False, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr) == (0, "")


@NEEDS_SYSTEMD
def test_systemd_calls_the_unit_well_protected(unit):
    asked = ["systemd-analyze", "security", "--offline=true", "--no-pager", unit]
    ended = subprocess.run(asked, check=False, capture_output=True, text=True)
    level = re.search(r"exposure level .*: ([\d.]+)", ended.stdout)
    if level is None:
        pytest.skip("this systemd cannot judge a unit that is not loaded")

    assert float(level[1]) <= 2.0
