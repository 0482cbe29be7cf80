import contextlib
import logging
import subprocess
import sys
import timeit
from uuid import uuid4

import orjson
import pytest
import sqlalchemy as sa

from chassis import calls, logs
from chassis.auth import Actor
from chassis.calls import Call
from chassis.errors import Unavailable
from chassis.store import Store
from tests.support.logged import logged

SECRETS = ("hunter2", "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln")


def a_call(**more):
    return Call("groups", "invite_members", "command", "c-1", ["c-1"], **more)


@pytest.fixture
def stream():
    with logged() as out:
        yield out
    logs._messages = logs._faults = None


def lines(out):
    return [orjson.loads(line) for line in out.getvalue().splitlines()]


def test_a_message_is_one_line_that_says_who_asked_for_what_and_how_it_ended(stream):
    account, firm = uuid4(), uuid4()
    calls.count_statements()

    logs.handled(a_call(actor=Actor("client", account), firm_id=firm), "licenses_missing", 12.345)

    [line] = lines(stream)
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "handled",
        "level": "info",
        "service": "groups",
        "entrypoint": "invite_members",
        "kind": "command",
        "call_id": "c-1",
        "actor": f"account:{account}",
        "firm_id": str(firm),
        "outcome": "refused",
        "code": "licenses_missing",
        "ms": 12.35,
        "statements": 0,
        "round_trips": 0,
    }


def test_a_message_tells_how_many_statements_it_took(stream, tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'one.db'}")
    calls.count_statements()
    with store.begin() as session:
        for _ in range(3):
            session.execute(sa.text("SELECT 1"))

    logs.handled(a_call(), "ok", 1)
    calls.count_statements()
    logs.handled(a_call(), "ok", 1)
    store.close()

    assert [line["statements"] for line in lines(stream)] == [3, 0]


@pytest.mark.parametrize(
    ("code", "outcome", "level"),
    [
        ("ok", "ok", "info"),
        ("repeated", "ok", "info"),
        ("not_found", "refused", "info"),
        ("retry", "delayed", "warning"),
        ("database_unavailable", "delayed", "warning"),
        ("dead", "failed", "error"),
        ("undecodable", "failed", "error"),
        ("internal_error", "failed", "error"),
    ],
)
def test_only_our_own_failures_are_errors(stream, code, outcome, level):
    logs.handled(a_call(), code, 1)

    [line] = lines(stream)
    assert (line["outcome"], line["level"]) == (outcome, level)


def test_a_fault_is_logged_with_its_traceback_under_the_calls_id(stream):
    try:
        raise ValueError("broken")
    except ValueError:
        logs.failed(a_call())

    [line] = lines(stream)
    assert line["call_id"] == "c-1"
    assert "ValueError: broken" in line["exception"]


def test_no_secret_and_no_body_reaches_a_line(stream):
    password, token = SECRETS
    log = logging.getLogger("notifications.somewhere")

    log.warning("refused token=%s", password)
    log.warning("cannot reach amqp://groups:%s@mq.example/", password)
    log.warning("header was %s", token)
    log.warning("link https://x.example/verify-email?token=%s&x=1", password)
    log.warning("{'password': '%s'}", password)
    try:
        raise RuntimeError(f"postgresql+psycopg2://groups:{password}@db/ and {token}")
    except RuntimeError:
        logs.failed(a_call(token=token, key=password, notes={"password": password}))
        log.exception("it failed")

    text = stream.getvalue().decode()
    assert len(lines(stream)) == 7
    assert not [secret for secret in SECRETS if secret in text]


def test_a_failed_statement_does_not_tell_its_values(stream, tmp_path):
    store, note = Store(f"sqlite:///{tmp_path}/x.db"), SECRETS[0]
    with contextlib.suppress(sa.exc.SQLAlchemyError, Unavailable):
        try:
            with store.begin() as session:
                session.execute(sa.text("INSERT INTO rooms VALUES (:note)"), {"note": note})
        except Exception:
            logs.failed(a_call())
            raise
    store.close()

    assert b"no such table" in stream.getvalue()
    assert b"hunter2" not in stream.getvalue()


def test_keys_that_name_a_secret_or_a_body_are_masked_however_deep(stream):
    logs._faults.error(
        "x", access_token="hunter2", request={"people": [{"Password": "hunter2", "name": "Anna"}]},
        body="hunter2", raw=b"hunter2",
    )  # fmt: skip

    assert b"hunter2" not in stream.getvalue()
    assert lines(stream)[0]["request"]["people"][0]["name"] == "Anna"


def test_libraries_write_into_the_same_lines_but_not_their_bodies(stream):
    logging.getLogger("nameko.rpc").debug("body %s", "hunter2")
    logging.getLogger("kombu.mixins").error(
        "Can't decode message body: %r (type:%r encoding:%r raw:%r')", "e", "t", "e", "hunter2"
    )
    logging.getLogger("sqlalchemy.engine").info("[parameters: %s]", "hunter2")
    logging.getLogger("nameko.runners").info("starting services: %s", "groups")

    [line] = lines(stream)
    assert (line["logger"], line["event"]) == ("nameko.runners", "starting services: groups")


def test_bodies_stay_out_at_the_finest_level_too(stream):
    logs.configure("debug", "json", stream)
    logging.getLogger("nameko.rpc").debug("body %s", "hunter2")
    logging.getLogger("kombu.pidbox").debug("body %s", "hunter2")
    logging.getLogger("chassis.relay").debug("published")

    assert [line["event"] for line in lines(stream)] == ["published"]


def test_a_record_that_cannot_be_formatted_ends_nothing_and_shows_no_argument(stream):
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "%s %s", ("hunter2",), None)

    for handler in logging.getLogger().handlers[:1]:
        handler.emit(record)

    assert lines(stream)[0]["event"] == "cannot be formatted: %s %s"


def test_below_the_level_nothing_is_written(stream):
    logs.configure("error", "json", stream)

    logs.handled(a_call(), "ok", 1)
    logging.getLogger("chassis").warning("hm")

    assert stream.getvalue() == b""


def test_text_is_for_people(stream):
    logs.configure("info", "text", stream)

    logs.handled(a_call(), "ok", 1)

    assert b"entrypoint=invite_members" in stream.getvalue()
    assert b"firm_id" not in stream.getvalue()


def test_without_configuration_messages_are_silent(capfd):
    logs.handled(a_call(), "ok", 1)

    assert capfd.readouterr() == ("", "")


def test_a_line_costs_microseconds(stream, tmp_path):
    with (tmp_path / "log").open("ab") as file:
        logs.configure("info", "json", file)
        call = a_call(actor=Actor("client", uuid4()), firm_id=uuid4())
        # The best of many short runs: other programs share this machine.
        runs = timeit.repeat(lambda: logs.handled(call, "ok", 1.5), number=50, repeat=300)

    assert min(runs) / 50 < 25e-6


def test_what_starts_does_not_import_what_draws_on_screens_and_may_do_so_later():
    program = "import sys, chassis.logs; print('rich' in sys.modules); import rich; print(rich)"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert ended.stdout.startswith("False\n<module 'rich'"), ended.stderr
