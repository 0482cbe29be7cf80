"""What the bus confirmed and lost is missing in an inbox: it is found there, and goes again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from chassis import heard, inbox, outbox
from chassis.comparer import MOST_TIMES
from chassis.comparison import LOOK_BACK, PAGE
from chassis.errors import BadRequest, Forbidden, NotFound
from chassis.ids import uuid7
from chassis.outbox import outbox as outbox_table
from chassis.received import ReceivedEvent, Undecodable
from chassis.testing.world import World, eventually
from services.chassis.tests.losing import (
    LISTENING,
    all_received,
    listening,
    lose,
    mark,
    times_heard,
)
from services.chassis.tests.shop import OrderPlaced, entries

pytestmark = [pytest.mark.usefixtures("noted"), pytest.mark.heavy]
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def noted(world):
    """The shop's relay has begun, and noted who listens: what was said before is nobody's."""
    eventually(lambda: listening(world))


def row_of(world: World, event_id: UUID):
    with world.transaction("shop") as tx:
        return tx.session.execute(
            sa.select(outbox_table).where(outbox_table.c.event_id == event_id)
        ).one()


@pytest.mark.proves("T28")
def test_an_event_that_never_came_is_published_again_and_heard_once(world, caplog):
    item = f"lost {uuid4()}"
    [event_id] = lose(world, item)

    eventually(lambda: times_heard(world, item), timeout=20)
    eventually(lambda: all_received(world), timeout=20)
    assert times_heard(world, item) == 1
    assert row_of(world, event_id).republished == 1
    assert "1 order_placed.v1 that never reached ledger.on_order_placed" in caplog.text


def test_as_many_as_were_lost_come(world):
    name = f"many {uuid4()}"
    lose(world, *(f"{name} {number}" for number in range(PAGE + 20)))

    def seen() -> int:
        with world.transaction("ledger") as tx:
            mine = entries.c.item.startswith(name)
            return tx.session.scalar(sa.select(sa.func.count()).where(mine))

    eventually(lambda: seen() == PAGE + 20, timeout=60)
    eventually(lambda: all_received(world), timeout=30)
    assert seen() == PAGE + 20


def test_what_was_set_aside_unread_is_not_published_again(world):
    with world.transaction("shop") as tx:
        body = outbox.row(OrderPlaced(tx.new_id(), "unread"), tx.call, tx.now)["envelope"]
    why = Undecodable("too much")
    unread = ReceivedEvent.undecodable(body, "on_order_placed", "shop", "order_placed.v1", why)
    with world.transaction("ledger") as tx:
        inbox.park(tx.session, unread, tx.now, why.code, str(why))
    [event_id] = lose(world, "unread", envelope=body)

    eventually(lambda: all_received(world), timeout=20)
    assert row_of(world, event_id).republished == 0


def test_what_was_heard_is_not_asked_about_again(world):
    item = f"heard {uuid4()}"
    with world.transaction("shop") as tx:
        tx.emit(OrderPlaced(tx.new_id(), item))

    eventually(lambda: times_heard(world, item))
    eventually(lambda: all_received(world), timeout=20)
    received_to = mark(world).received_to
    with world.transaction("shop") as tx:
        assert outbox.page(tx.session, received_to, PAGE) == []


def test_an_event_that_does_not_come_is_not_published_for_ever_and_holds_up_no_other(world):
    hopeless, other = f"hopeless {uuid4()}", f"other {uuid4()}"
    [event_id] = lose(world, hopeless, republished=MOST_TIMES)
    lose(world, other, republished=MOST_TIMES - 1)

    eventually(lambda: times_heard(world, other), timeout=20)
    eventually(lambda: all_received(world), timeout=20)
    assert times_heard(world, hopeless) == 0
    assert row_of(world, event_id).republished == MOST_TIMES


def test_what_the_inboxes_may_have_forgotten_is_not_published_again(world):
    old, young = f"old {uuid4()}", f"young {uuid4()}"
    lose(world, old, age=LOOK_BACK + MINUTE)
    lose(world, young, age=LOOK_BACK - MINUTE)

    eventually(lambda: times_heard(world, young), timeout=20)
    eventually(lambda: all_received(world), timeout=20)
    assert times_heard(world, old) == 0


def test_old_events_stay_until_all_before_them_are_known_to_have_come(world):
    item = f"held {uuid4()}"
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    [held] = lose(world, item, published_at=None, next_attempt_at=tomorrow)
    [old] = lose(world, f"old {uuid4()}", age=timedelta(days=25) + MINUTE)
    [young] = lose(world, f"young {uuid4()}", age=timedelta(days=25) - MINUTE)
    sweep = world.database("shop").provider.sweeper.sweep
    sweep()
    assert there(world, held, old, young) == {held, old, young}

    with world.transaction("shop") as tx:
        one = sa.update(outbox_table).where(outbox_table.c.event_id == held)
        tx.session.execute(one.values(next_attempt_at=None))
    eventually(lambda: all_received(world), timeout=20)
    sweep()
    assert there(world, held, old, young) == {held, young}


def there(world: World, *event_ids: UUID) -> set[UUID]:
    with world.transaction("shop") as tx:
        mine = outbox_table.c.event_id.in_(event_ids)
        return set(tx.session.scalars(sa.select(outbox_table.c.event_id).where(mine)))


def test_a_consumer_that_comes_later_misses_nothing_of_before(world):
    """Its queue was not there; what is not published yet will go into it."""
    eventually(lambda: all_received(world), timeout=20)
    late = {"order_placed.v1": [("archive", "on_order_placed"), ("ledger", "on_order_placed")]}
    with world.database("shop").provider.store.begin() as session:
        before = outbox.newest_id(session.connection())
        heard.register(session, late)
        found = {one.service: one for one in heard.listed(session, late)}
        assert (found["archive"].since, found["archive"].received_to) == (before, before)
        assert found["ledger"] == mark_in(session)
        session.rollback()


def mark_in(session) -> heard.Consumer:
    [consumer] = heard.listed(session, LISTENING)
    return consumer


def test_a_consumer_that_comes_while_events_wait_hears_from_the_first_of_them_on(world):
    with world.database("shop").provider.store.begin() as session:
        new = {"type": "order_placed.v1", "subject": "x", "envelope": b"{}"}
        time = datetime.now(UTC)
        ids = [uuid7(), uuid7()]
        outbox.insert(session, [{**new, "event_id": one, "created_at": time} for one in ids])
        first, second = session.scalars(
            sa.select(outbox_table.c.id).where(outbox_table.c.event_id.in_(ids))
        )
        outbox.mark_published(session, [second], time)
        late = {"order_placed.v1": [("archive", "on_order_placed")]}
        heard.register(session, late)
        [archive] = heard.listed(session, late)
        assert archive.since == first - 1
        session.rollback()


def ask(world: World, event_ids: list, as_: str = "shop", **changes: object) -> dict:
    fields = {"handler": "on_order_placed", "event_ids": event_ids, **changes}
    return world.call("ledger.list_missing_events", as_=world.as_service(as_), **fields)


def a_delivery() -> ReceivedEvent:
    return ReceivedEvent(uuid7(), "on_order_placed", "shop", "order_placed.v1", b"{}")


def test_what_was_handled_is_tried_again_or_was_set_aside_is_not_missing(world):
    done, failing, dead = a_delivery(), a_delivery(), a_delivery()
    unknown = uuid7()
    with world.transaction("ledger") as tx:
        inbox.claim(tx.session, done, tx.now)
        inbox.record_failure(tx.session, failing, tx.now, ("x", "x"), [3600])
        inbox.park(tx.session, dead, tx.now, "x", "x")
    named = [done.event_id, unknown, failing.event_id, dead.event_id]

    assert ask(world, named) == {"event_ids": [str(unknown)], "waiting": None}
    assert ask(world, named, count_waiting=True)["waiting"] == 0


def test_only_who_says_the_events_may_ask(world):
    for stranger in ("ledger", "operator", "unlisted"):
        with pytest.raises(Forbidden) as refused:
            ask(world, [uuid7()], as_=stranger)
        assert refused.value.code == "caller_not_admitted"
    with pytest.raises(NotFound) as refused:
        ask(world, [uuid7()], as_="auditing")  # may ask everything, and says nothing
    assert refused.value.code == "handler_not_found"
    with pytest.raises(NotFound):
        ask(world, [uuid7()], handler="on_order_cancelled")


@pytest.mark.parametrize("count", [0, PAGE + 1])
def test_a_question_names_some_events_and_not_too_many(world, count):
    with pytest.raises(BadRequest):
        ask(world, [uuid7() for _ in range(count)])


def test_a_question_names_as_many_as_a_page_holds(world):
    assert len(ask(world, [uuid7() for _ in range(PAGE)])["event_ids"]) == PAGE


def test_a_turn_is_taken_once_and_not_lost_to_a_clock_that_was_set_back(world):
    every = timedelta(hours=1)
    consumer = mark(world)
    with world.database("shop").provider.store.begin() as session:
        now = datetime.now(UTC) + timedelta(days=1)
        assert heard.take_turn(session, consumer, now, every)
        assert not heard.take_turn(session, consumer, now + every - SECOND, every)
        assert heard.take_turn(session, consumer, now + every, every)
        assert heard.take_turn(session, consumer, now - SECOND, every)
        session.rollback()
