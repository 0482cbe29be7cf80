"""What the command says of itself, and the exit codes it promises."""

import json
import resource
import socket
import subprocess
import sys
from importlib.metadata import version

import pytest

from chassis.cli.discovery import available, summary
from tests.commands.conftest import environment


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
     ("call", "groups.x", "--json", "[1]"), ("call", "groups.x", "--json", "{"),
     ("bench", "--rounds", "0"), ("bench", "--only", "everything")],
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


@pytest.mark.parametrize("arguments", [("--version",), ("version",)])
def test_the_version_is_told(chambers, arguments):
    ended = chambers(*arguments)

    assert (ended.code, ended.out) == (0, f"chambers {version('chambers-chassis')}\n")


def test_help_is_a_word_too(chambers):
    assert chambers("help").out == chambers("--help").out
    assert chambers("help", "run").out == chambers("run", "--help").out
    assert chambers("help").code == 0


@pytest.mark.parametrize(
    ("typed", "meant"), [("rum", "run"), ("onbord", "onboard"), ("versoin", "version")]
)
def test_a_typo_is_answered_with_what_was_meant(chambers, typed, meant):
    ended = chambers(typed)

    assert ended.code == 2
    assert f"did you mean {meant}?" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--config", "x.toml", "config", "check"),
        ("config", "--config", "x.toml", "check"),
        ("config", "check", "--config", "x.toml"),
        ("config", "check", "--config=x.toml"),
    ],
)
def test_the_configuration_may_be_named_anywhere(chambers, data, arguments):
    (data / "x.toml").write_text("[log]\nlevel = 'loud'\n")

    assert "log.level must be one of" in chambers(*arguments).err


def test_commands_for_checkouts_are_in_checkouts_only(monkeypatch):
    for_checkouts = {"bench", "contracts", "requirements", "test"}
    assert for_checkouts <= set(available())

    monkeypatch.setattr("chassis.cli.discovery.checkout", lambda: None)

    assert not for_checkouts & set(available())
    assert {"run", "up", "call", "migrate", "keys", "onboard"} <= set(available())


def test_a_broker_without_the_rest_of_a_production_is_said(chambers):
    ended = chambers(
        "config", "check", CHAMBERS_BUS_URL="amqp://groups:x@127.0.0.1/",
        CHAMBERS_GROUPS_DATABASE_URL="postgresql+psycopg2://groups@db/groups",
    )  # fmt: skip

    assert ended.code == 3
    for name in ("public_url", "identity.database_url", "notifications.mail_transport",
                 "notifications.mail_from", "billing.gateways"):  # fmt: skip
        assert f"{name} is for trying out" in ended.err
    assert "groups.database_url" not in ended.err
    assert "bus.url" not in ended.err


def test_an_address_for_others_without_a_broker_is_said(chambers):
    ended = chambers("config", "check", "groups", CHAMBERS_PUBLIC_URL="https://chambers.example")

    assert ended.code == 3
    assert "bus.url is for trying out: embedded://chambers (default)" in ended.err
    assert "groups.database_url" in ended.err
    assert "notifications" not in ended.err


def test_connecting_tries_keys_schemas_databases_and_the_broker(chambers):
    missing = chambers("config", "check", "--connect")
    for command in (("keys",), ("migrate", "all")):
        assert chambers(*command).code == 0
    fine = chambers("config", "check", "--connect")
    away = chambers(
        "config", "check", "--connect", "identity", CHAMBERS_BUS_URL="amqp://x:y@127.0.0.1:1/",
        CHAMBERS_PUBLIC_URL="https://chambers.example",
        CHAMBERS_IDENTITY_DATABASE_URL="postgresql+psycopg2://x@127.0.0.1:1/x",
    )  # fmt: skip

    assert missing.code == 3
    assert "identity.private.pem" in missing.err
    assert "chambers migrate groups" in missing.err
    assert (fine.code, fine.out) == (0, "nothing to put right\n")
    assert away.code == 4
    assert "the broker at amqp://x:********@127.0.0.1:1/ does not answer" in away.err
    assert "the database of identity does not answer" in away.err


def test_connecting_tries_the_mail_server(chambers):
    for command in (("keys",), ("migrate", "notifications")):
        assert chambers(*command).code == 0

    ended = chambers(
        "config", "check", "--connect", "notifications",
        CHAMBERS_NOTIFICATIONS_MAIL_TRANSPORT="smtp", CHAMBERS_NOTIFICATIONS_SMTP_PORT="1",
        CHAMBERS_NOTIFICATIONS_SMTP_HOST="127.0.0.1",
        CHAMBERS_NOTIFICATIONS_MAIL_FROM="Chambers <no-reply@chambers.example>",
    )  # fmt: skip

    assert ended.code == 4
    assert "notifications cannot reach what it needs" in ended.err


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


def test_a_taken_port_is_said_in_one_sentence(data):
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        ended = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "chassis.cli", "up"],
            env=environment(data, CHAMBERS_GATEWAY_LISTEN=address, CHAMBERS_LOG_LEVEL="warning"),
            cwd=data,
            capture_output=True,
            text=True,
            check=False,
        )

    assert ended.returncode == 3
    assert ended.stderr == f"chambers: cannot listen at {address}: Address already in use\n"
