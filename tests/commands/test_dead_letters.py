"""A person looks after what no handler could handle."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from chassis.store import Store
from chassis.tables import new_metadata

inbox = new_metadata().tables["inbox"]


@pytest.fixture
def groups(chambers, data):
    """The migrated database of groups."""
    assert chambers("migrate", "all").code == 0
    store = Store(f"sqlite:///{data}/groups.db")
    yield store
    store.close()


def set_aside(store, code="ValueError", body=b'{"data": {"x": 1}}'):
    row = {
        "event_id": uuid4(),
        "handler": "on_account_registered",
        "state": "dead",
        "attempts": 8,
        "received_at": datetime.now(UTC),
        "error_code": code,
        "error": "ValueError: broken",
        "source": "identity",
        "type": "account_registered.v1",
        "body": body,
    }
    with store.begin() as session:
        session.execute(sa.insert(inbox).values(**row))
    return str(row["event_id"])


def state_of(store, event_id):
    with store.begin(read_only=True) as session:
        found = sa.select(inbox.c.state, inbox.c.attempts, inbox.c.body)
        return tuple(session.execute(found.where(inbox.c.event_id == UUID(event_id))).one())


def test_they_are_listed_for_people_and_for_programs(chambers, groups):
    nothing = chambers("dead-letters", "list")
    event_id = set_aside(groups)

    assert (nothing.code, nothing.out) == (0, "")
    assert event_id in chambers("dead-letters", "list").out
    [row] = json.loads(chambers("dead-letters", "list", "--json").out)
    assert (row["service"], row["event_id"], row["attempts"]) == ("groups", event_id, 8)


def test_one_is_shown_with_its_error_and_its_body(chambers, groups):
    event_id = set_aside(groups)

    [shown] = json.loads(chambers("dead-letters", "show", event_id).out)

    assert shown["body"] == {"data": {"x": 1}}
    assert shown["error"] == "ValueError: broken"


def test_a_retry_begins_with_the_first_attempt_again(chambers, groups):
    event_id = set_aside(groups)

    ended = chambers("dead-letters", "retry", event_id)

    assert (ended.code, ended.out) == (0, "retry\tgroups\t1\n")
    assert state_of(groups, event_id) == ("retry", 0, b'{"data": {"x": 1}}')


def test_one_that_is_dropped_counts_as_handled(chambers, groups):
    event_id = set_aside(groups)

    assert chambers("dead-letters", "drop", event_id, "--service", "groups").code == 0

    assert state_of(groups, event_id)[0] == "done"
    assert chambers("dead-letters", "drop", event_id).code == 1


def test_what_no_attempt_can_read_is_not_tried_again(chambers, groups):
    event_id = set_aside(groups, code="undecodable", body=b"\xff\xfe")

    ended = chambers("dead-letters", "retry", event_id)

    assert ended.code == 1
    assert "dead_letter_unreadable" in ended.err
    assert state_of(groups, event_id)[0] == "dead"
    assert chambers("dead-letters", "show", event_id).code == 0


@pytest.mark.parametrize("code", ["undecodable", "message_too_large"])
def test_what_can_be_read_by_now_is_tried_again_as_the_event_that_it_is(chambers, groups, code):
    own_id = str(uuid4())
    whole = {"id": own_id, "source": "identity", "type": "account_registered.v1", "data": {}}
    event_id = set_aside(groups, code, json.dumps(whole).encode())

    ended = chambers("dead-letters", "retry", event_id)

    assert (ended.code, ended.out) == (0, "retry\tgroups\t1\n")
    assert state_of(groups, own_id)[:2] == ("retry", 0)
    assert chambers("dead-letters", "show", event_id).code == 1


def test_one_that_is_not_there_is_refused(chambers, groups):
    for what in ("show", "retry", "drop"):
        assert chambers("dead-letters", what, str(uuid4())).code == 1


def test_the_outbox_says_what_still_waits(chambers, groups):
    [row] = json.loads(chambers("outbox", "status", "--service", "groups", "--json").out)

    behind = {"waiting": 0, "held": 0, "oldest": None, "republished": 0}
    assert row == {"service": "groups", **behind}
