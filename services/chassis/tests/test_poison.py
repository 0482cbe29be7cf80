"""Events that no inbox can keep as they are: set aside by their digest, and never in the way."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis import dead_letters, inbox
from chassis.received import (
    LONGEST_CALL_ID,
    LONGEST_NAME,
    ReceivedEvent,
    Undecodable,
)
from chassis.testing.world import eventually
from services.chassis.tests.envelopes import HANDLER, SOON, digest, envelope, heard, say, states

UNKEEPABLE = [
    {"type": "t" * (LONGEST_NAME + 1)},
    {"type": "order\0placed"},
    {"type": ""},
    {"type": 5},
    {"source": "s" * 1_000},
    {"source": "sh\0p"},
    {"source": ["shop"]},
    {"subject": "s" * (LONGEST_NAME + 1)},
    {"subject": "la\0mps"},
    {"id": "x" * 1_000},
    {"id": 5},
    {"id": "\0"},
]


@pytest.mark.proves("T28", "F146")
def test_a_good_event_is_handled_at_once_behind_fifty_that_cannot_be_kept(world):
    poison = [say(world, envelope(**UNKEEPABLE[n % len(UNKEEPABLE)])) for n in range(50)]
    item = f"behind them {uuid4()}"
    world.publish("shop", "order_placed.v1", {"order_id": uuid4(), "item": item})

    eventually(lambda: heard(world, item), SOON)
    for body in poison:
        aside = eventually(lambda body=body: states(world, digest(body)), SOON)
        assert aside == [("dead", "undecodable")]


@pytest.mark.parametrize("fits", [True, False])
@pytest.mark.parametrize("name", ["type", "source", "subject"])
def test_what_the_inbox_keeps_of_an_envelope_has_a_length(name, fits):
    body = envelope(**{name: "x" * (LONGEST_NAME + (not fits))})

    if fits:
        assert getattr(ReceivedEvent.decode(body, HANDLER), name) == "x" * LONGEST_NAME
    else:
        with pytest.raises(Undecodable, match=name):
            ReceivedEvent.decode(body, HANDLER)


@pytest.mark.parametrize("call_id", ["c\0all", "c" * (LONGEST_CALL_ID + 1), 5, ["c"], "a\nb"])
@pytest.mark.parametrize("firm_id", ["f\0irm", "f" * 1_000_000, 5, {"a": []}])
def test_what_only_logs_ask_for_is_left_out_where_it_does_not_fit(call_id, firm_id):
    delivery = ReceivedEvent.decode(envelope(call_id=call_id, firm_id=firm_id), HANDLER)

    assert (delivery.call_id, delivery.firm_id) == ("", None)


def test_what_logs_ask_for_is_taken_up_to_its_length():
    call_id, firm_id = "c" * LONGEST_CALL_ID, str(uuid4())
    delivery = ReceivedEvent.decode(envelope(call_id=call_id, firm_id=firm_id), HANDLER)

    assert (delivery.call_id, delivery.firm_id) == (call_id, firm_id)


def test_an_event_with_a_text_that_no_database_stores_is_set_aside_at_once(world):
    event_id = uuid4()
    say(world, envelope(id=str(event_id), data={"order_id": str(uuid4()), "item": "la\0mp"}))

    eventually(lambda: states(world, event_id) == [("dead", "event_does_not_fit")], SOON)


def test_a_text_that_nobody_reads_may_be_anything(world):
    item = f"lamp {uuid4()}"
    say(world, envelope(data={"order_id": str(uuid4()), "item": item, "remark": "a\0b"}))

    eventually(lambda: heard(world, item), SOON)


def test_a_failure_whose_words_cannot_be_stored_is_recorded_all_the_same(world):
    delivery = ReceivedEvent.decode(envelope(), HANDLER)
    words = "n\0t yet \ud800" + "." * 100_000
    with world.transaction("ledger") as tx:
        told = "E" * 1_000, words
        inbox.record_failure(tx.session, delivery, tx.now, told, [3600])

    assert states(world, delivery.event_id) == [("retry", "E" * 100)]


@contextmanager
def refused_by_the_database(world, event_id):
    """The inbox takes no row under that id, as if it had a rule that this version knows not of."""
    if world.stack == "embedded":
        make = (
            f"CREATE TRIGGER no_such BEFORE INSERT ON inbox WHEN NEW.event_id = '{event_id.hex}'"
            " BEGIN SELECT RAISE(ABORT, 'no such'); END"
        )
        drop = "DROP TRIGGER no_such"
    else:
        make = f"ALTER TABLE inbox ADD CONSTRAINT no_such CHECK (event_id <> '{event_id}')"
        drop = "ALTER TABLE inbox DROP CONSTRAINT no_such"
    with world.transaction("ledger") as tx:
        tx.session.execute(sa.text(make))
    yield
    with world.transaction("ledger") as tx:
        tx.session.execute(sa.text(drop))


def test_what_the_inbox_refuses_for_whatever_reason_is_set_aside_by_its_digest(world):
    event_id = uuid4()
    body = envelope(id=str(event_id))
    with refused_by_the_database(world, event_id):
        say(world, body)
        eventually(lambda: states(world, digest(body)) == [("dead", "IntegrityError")], SOON)

    assert states(world, event_id) == []


def test_what_could_not_be_read_is_tried_again_when_it_can(world):
    """As after an update: it counts as the event that it is, and takes effect once."""
    event_id, item = uuid4(), f"lamp {uuid4()}"
    body = envelope(id=str(event_id), data={"order_id": str(uuid4()), "item": item})
    unread = ReceivedEvent.undecodable(
        body, HANDLER, "shop", "order_placed.v1", Undecodable("a newer envelope")
    )
    with world.transaction("ledger") as tx:
        inbox.park(tx.session, unread, tx.now, "undecodable", "a newer envelope")
    with world.transaction("ledger") as tx:
        assert dead_letters.retry(tx.session, unread.event_id, tx.now) == 1
    world.database("ledger").provider.retries.wakeup.ring()

    eventually(lambda: heard(world, item), SOON)
    assert states(world, unread.event_id) == []
    assert states(world, event_id)[0][0] == "done"


def test_what_is_tried_again_and_was_handled_meanwhile_is_not_handled_twice(world):
    event_id, item = uuid4(), f"lamp {uuid4()}"
    body = say(world, envelope(id=str(event_id), data={"order_id": str(uuid4()), "item": item}))
    eventually(lambda: heard(world, item), SOON)
    unread = ReceivedEvent.undecodable(
        body, HANDLER, "shop", "order_placed.v1", Undecodable("a newer envelope")
    )
    with world.transaction("ledger") as tx:
        inbox.park(tx.session, unread, tx.now, "undecodable", "a newer envelope")
        dead_letters.retry(tx.session, unread.event_id, tx.now)

    assert states(world, unread.event_id) == [("done", "dropped")]
    assert states(world, event_id) == [("done", None)]


def test_what_still_cannot_be_read_can_be_dropped_and_not_retried(world):
    body = say(world, envelope(type=""))
    eventually(lambda: states(world, digest(body)), SOON)
    with world.transaction("ledger") as tx:
        with pytest.raises(dead_letters.DeadLetterUnreadable):
            dead_letters.retry(tx.session, digest(body), tx.now)
        assert dead_letters.drop(tx.session, digest(body)) == 1

    assert states(world, digest(body)) == [("done", "dropped")]
