"""An operator asks which events never reached a consumer, and has them published again."""

import json

import pytest
import sqlalchemy as sa

from chassis.store import Store
from chassis.testing.world import eventually
from tests.commands.conftest import started

ANA = {"email": "ana@practice.example", "password": "correct horse battery", "name": "Ana Meyer"}
AT_ONCE = {"CHAMBERS_EVENTS_COMPARE_AFTER": "0"}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Services that compare nothing by themselves."""
    with started(tmp_path_factory.mktemp("up"), CHAMBERS_EVENTS_COMPARE_EVERY="0") as data:
        yield data


@pytest.fixture
def outbox(chambers, running):
    """``chambers outbox …`` on the running services."""

    def run(*arguments):
        return chambers("outbox", *arguments, CHAMBERS_DATA_DIR=str(running), **AT_ONCE)

    return run


@pytest.fixture
def groups(running):
    store = Store(f"sqlite:///{running}/groups.db")
    yield store
    store.close()


def heard(store):
    with store.begin(read_only=True) as session:
        return session.scalar(
            sa.text("SELECT count(*) FROM inbox WHERE handler = 'on_account_registered'")
        )


def forget(store):
    """As if the event had never come: for the producer it is the same."""
    with store.begin() as session:
        session.execute(sa.text("DELETE FROM inbox WHERE handler = 'on_account_registered'"))


def missing_of(ended):
    return {row["consumer"]: row["missing"] for row in json.loads(ended.out)}


def test_what_never_came_is_shown_and_then_published_again(chambers, running, outbox, groups):
    fields = json.dumps({**ANA, "kind": "professional"})
    register = ("call", "identity.register", "--as", "nobody", "--json", fields)
    assert chambers(*register, CHAMBERS_DATA_DIR=str(running)).code == 0
    eventually(lambda: heard(groups) == 1)
    nothing = eventually(lambda: when_over(outbox("compare", "--service", "identity", "--json")))
    assert set(missing_of(nothing).values()) == {0}

    forget(groups)
    found = outbox("compare", "--service", "identity", "--json")
    assert found.code == 1
    missing = missing_of(found)
    assert missing.pop("groups.on_account_registered") == 1
    assert set(missing.values()) == {0}
    [row] = [one for one in json.loads(found.out) if one["missing"]]
    assert len(row["event_ids"]) == 1
    assert (row["compared"], row["on_its_way"]) == (1, 0)
    assert outbox("compare", "--service", "identity").code == 1
    assert heard(groups) == 0  # nothing was published so far

    assert outbox("republish", "--service", "identity").code == 0
    eventually(lambda: heard(groups) == 1)
    assert eventually(lambda: when_over(outbox("compare", "--json")))
    [status] = json.loads(outbox("status", "--service", "identity", "--json").out)
    assert status["republished"] == 1


def when_over(ended):
    """Once everything that is on its way has come."""
    rows = json.loads(ended.out)
    over = ended.code == 0 and all(row["on_its_way"] == 0 for row in rows)
    return ended if over else None


def test_how_far_back_is_limited_by_what_inboxes_remember(outbox):
    assert outbox("compare", "--since", "20d").code == 0
    too_far = outbox("compare", "--since", "21d")
    assert too_far.code == 2
    assert "20 days" in too_far.err
    assert outbox("compare", "--since", "yesterday").code == 2


def test_events_of_before_are_not_compared(outbox, groups):
    forget(groups)
    assert outbox("compare", "--since", "0s").code == 0


def test_consumers_that_do_not_answer_are_named(chambers, data):
    with started(data):
        fields = json.dumps({**ANA, "kind": "professional"})
        assert chambers("call", "identity.register", "--as", "nobody", "--json", fields).code == 0

    ended = chambers("outbox", "compare", **AT_ONCE)
    assert ended.code == 4
    for consumer in ("groups", "notifications"):
        assert f"chambers: {consumer}: nothing answers" in ended.err
