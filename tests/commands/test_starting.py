"""What the command says of itself, and the exit codes it promises."""

import json
import resource
import subprocess
import sys

import pytest

from chassis.cli.discovery import available, summary


def test_help_comes_at_once():
    """Counted in time of the processor: other programs share this machine."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "chassis.cli", "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime < 0.5


def test_help_lists_every_command_and_the_exit_codes(chambers):
    ended = chambers("--help")

    assert ended.code == 0
    assert "4 broker, database or service not reachable" in ended.out
    for command, module in available().items():
        assert f"  {command}" in ended.out
        assert summary(module), f"{module} has no docstring, or is not there"


@pytest.mark.parametrize("command", sorted(available()))
def test_every_command_has_a_help_of_its_own(chambers, command):
    ended = chambers(command, "--help")

    assert (ended.code, ended.err) == (0, "")
    assert summary(available()[command]) in " ".join(ended.out.split())


@pytest.mark.parametrize(
    "arguments",
    [(), ("nothing-of-the-kind",), ("migrate",), ("config", "burn"), ("call", "groups"),
     ("call", "groups.x", "--json", "[1]"), ("call", "groups.x", "--json", "{")],
)  # fmt: skip
def test_wrong_usage_exits_with_2(chambers, arguments):
    assert chambers(*arguments).code == 2


def test_a_missing_set_up_exits_with_3_and_says_what_to_do(chambers):
    not_there = chambers("migrate", "attic")
    no_schema = chambers("outbox", "status")
    no_file = chambers("--config", "nowhere.toml", "config", "check")
    no_key = chambers("call", "groups.x", "--as", "operator")

    assert {ended.code for ended in (not_there, no_schema, no_file, no_key)} == {3}
    assert "installed: billing" in not_there.err
    assert "chambers migrate billing" in no_schema.err
    assert "cannot read nowhere.toml" in no_file.err
    assert "operator.private.pem" in no_key.err


def test_what_cannot_be_reached_exits_with_4_and_shows_no_password(chambers):
    nobody_runs = chambers("call", "identity.who_am_i")
    broker = "amqp://guest:hunter2@127.0.0.1:1/"
    no_broker = chambers("call", "identity.who_am_i", CHAMBERS_BUS_URL=broker)

    assert nobody_runs.code == no_broker.code == 4
    assert "chambers up" in nobody_runs.err
    assert "hunter2" not in no_broker.err


def test_settings_are_shown_with_their_sources_and_checked(chambers):
    shown = chambers("config", "show", "--json", CHAMBERS_LOG_LEVEL="debug")
    fine = chambers("config", "check")
    wrong = chambers("config", "check", CHAMBERS_BUS_URL="amqp://guest:guest@mq.example/")

    rows = {row["key"]: row for row in json.loads(shown.out)}
    assert rows["log.level"]["source"] == "environment CHAMBERS_LOG_LEVEL"
    assert (fine.code, fine.out) == (0, "nothing to put right\n")
    assert wrong.code == 3
    assert "default account" in wrong.err


def test_schemas_are_brought_up_to_date_once(chambers):
    before = chambers("migrate", "--show", "groups")
    first = chambers("migrate", "groups")
    second = chambers("migrate", "groups")
    after = chambers("migrate", "--show", "groups")

    assert (before.code, first.code, second.code, after.code) == (3, 0, 0, 0)
    assert "groups\t0001" in first.out
    assert "groups\talready at its head" in second.out


def test_keys_are_made_where_they_are_missing(chambers, data):
    assert "made\tidentity" in chambers("keys", "keys").out
    assert chambers("keys", "keys").out == "all there already\n"
    assert (data / "keys" / "identity.private.pem").stat().st_mode & 0o777 == 0o400
