"""Events that spoil, fail or end their process are set aside for a person; others flow."""

from datetime import timedelta
from uuid import uuid4

import eventlet
import kombu
import pytest
import sqlalchemy as sa

from chassis import clock, inbox, outbox, topology
from chassis.ids import uuid7
from chassis.inbox import inbox as inbox_table
from chassis.outbox import outbox as outbox_table
from chassis.received import ReceivedEvent, Undecodable
from chassis.testing.world import World, eventually
from services.chassis.tests.shop import LedgerService, OrderPlaced, entries

LEASE = timedelta(seconds=30)


def letters(world: World, **conditions: object) -> list:
    with world.transaction("ledger") as tx:
        rows = sa.select(inbox_table).where(
            *(inbox_table.c[name] == value for name, value in conditions.items())
        )
        return list(tx.session.execute(rows).all())


def heard(world: World, item: str) -> bool:
    with world.transaction("ledger") as tx:
        mine = sa.select(entries).where(entries.c.item == item)
        return tx.session.execute(mine).first() is not None


def an_order(item: str) -> dict:
    return {"order_id": uuid4(), "item": item}


def a_delivery(**changes: object) -> ReceivedEvent:
    values = {"event_id": uuid7(), "handler": "on_order_placed", "source": "shop"}
    return ReceivedEvent(**{**values, "type": "order_placed.v1", "body": b"{}", **changes})


@pytest.mark.proves("T28")
@pytest.mark.parametrize("body", [b"{not json", b"[1, 2]", b'"text"', b"{}", b"\xff\xfe", b""])
def test_a_body_that_is_no_event_is_set_aside_and_the_next_is_heard(world, body):
    world.publish_raw("shop", "order_placed.v1", body)
    item = f"after {body!r}"
    world.publish("shop", "order_placed.v1", an_order(item))

    eventually(lambda: heard(world, item))
    eventually(lambda: letters(world, state="dead", error_code="undecodable", body=body))


def test_an_event_that_does_not_fit_is_set_aside_at_once(world):
    event_id = world.publish("shop", "order_placed.v1", {"order_id": "no id", "item": "x"})

    (letter,) = eventually(lambda: letters(world, event_id=event_id, state="dead"))
    assert letter.error_code == "event_does_not_fit"
    assert "order_id" in letter.error


@pytest.mark.proves("T28", "T31")
def test_what_fails_every_time_is_tried_as_often_as_planned_and_then_set_aside(world):
    LedgerService.FAIL["hopeless"] = 1_000
    event_id = world.publish("shop", "order_placed.v1", an_order("hopeless"))

    plan = world.database("ledger").provider.retry_plan
    (letter,) = eventually(lambda: letters(world, event_id=event_id, state="dead"), timeout=40)
    assert letter.attempts == len(plan.delays) + 1
    assert letter.error == "RuntimeError: not yet"
    assert 1_000 - LedgerService.FAIL["hopeless"] == letter.attempts
    assert not heard(world, "hopeless")


def test_a_failing_event_does_not_hold_up_the_others(world):
    LedgerService.FAIL["stuck"] = 3
    world.publish("shop", "order_placed.v1", an_order("stuck"))
    world.publish("shop", "order_placed.v1", an_order("free"))

    eventually(lambda: heard(world, "free"), timeout=2)
    eventually(lambda: heard(world, "stuck"))


def test_an_event_that_ends_its_process_is_set_aside_after_so_many_deaths(world):
    deadly = a_delivery(redelivered=True)
    for _ in range(3):
        with world.transaction("ledger") as tx:
            assert inbox.begin_attempt(tx.session, deadly, tx.now, LEASE, limit=3)
        # the process ends here: nothing marks the attempt done
    with world.transaction("ledger") as tx:
        assert not inbox.begin_attempt(tx.session, deadly, tx.now, LEASE, limit=3)

    (letter,) = letters(world, event_id=deadly.event_id)
    assert (letter.state, letter.error_code) == ("dead", "attempts_exhausted")


def test_what_ends_its_process_whenever_its_lease_is_over_is_set_aside_too(world):
    deadly = a_delivery(redelivered=True, handler="on_nothing_at_all")
    plan = world.database("ledger").provider.retry_plan
    for _ in range(len(plan.delays) + 1):
        with world.transaction("ledger") as tx:
            inbox.begin_attempt(tx.session, deadly, tx.now, LEASE, limit=99)
    for taken in (True, False, False):
        with world.transaction("ledger") as tx:
            (row,) = tx.session.execute(
                sa.select(inbox_table).where(inbox_table.c.event_id == deadly.event_id)
            ).all()
            limit = len(plan.delays) + 1
            assert inbox.take_due(tx.session, row, tx.now + LEASE, limit) is taken

    (letter,) = letters(world, event_id=deadly.event_id)
    assert (letter.state, letter.error_code) == ("dead", "attempts_exhausted")


def test_an_attempt_that_succeeds_after_a_death_is_done_once(world):
    survivor = a_delivery(redelivered=True)
    with world.transaction("ledger") as tx:
        assert inbox.begin_attempt(tx.session, survivor, tx.now, LEASE, limit=3)
    with world.transaction("ledger") as tx:
        assert inbox.claim(tx.session, survivor, tx.now)
    with world.transaction("ledger") as tx:
        assert not inbox.claim(tx.session, survivor, tx.now)
        assert not inbox.begin_attempt(tx.session, survivor, tx.now, LEASE, limit=3)


def test_an_attempt_whose_process_died_is_made_again_after_its_lease(world):
    item = f"left {uuid4()}"
    order = an_order(item)
    body = envelope(order)
    delivery = ReceivedEvent.decode(body, "on_order_placed", redelivered=True)
    with world.transaction("ledger") as tx:
        inbox.begin_attempt(tx.session, delivery, tx.now, timedelta(seconds=0.1), limit=3)
    world.database("ledger").provider.retries.wakeup.ring()

    eventually(lambda: heard(world, item))


def envelope(order: dict) -> bytes:
    call = world_call()
    row = outbox.row(OrderPlaced(order["order_id"], order["item"]), call, clock.now())
    return row["envelope"]


def world_call():
    from chassis.auth import Actor
    from chassis.calls import Call

    return Call("shop", "test", "job", "c1", [], actor=Actor.of_service("shop"))


def test_an_envelope_says_who_when_and_of_which_call():
    decoded = ReceivedEvent.decode(envelope(an_order("lamp")), "on_order_placed")

    assert (decoded.source, decoded.type, decoded.call_id) == ("shop", "order_placed.v1", "c1")
    assert decoded.subject == decoded.data["order_id"]
    with pytest.raises(Undecodable):
        ReceivedEvent.decode(b'{"id": 5}', "on_order_placed")


def test_an_event_whose_queue_was_deleted_arrives_all_the_same(world):
    queue = topology.event_queue("shop", "order_placed.v1", "ledger", "on_order_placed")
    with kombu.Connection(world.configuration.get("bus.url")) as connection:
        queue(connection.channel()).delete()
    item = f"held {uuid4()}"
    with world.transaction("shop") as tx:
        tx.emit(OrderPlaced(tx.new_id(), item))

    eventually(lambda: heard(world, item))
    eventually(lambda: waiting_in(world, "shop") == 0)


def waiting_in(world: World, service: str) -> int:
    with world.transaction(service) as tx:
        waiting: int = outbox.status(tx.session)["waiting"]
        return waiting


def test_an_event_that_no_queue_takes_waits_and_blocks_no_other(world):
    with world.transaction("shop") as tx:
        tx.emit(OrderPlaced(tx.new_id(), "first"))
        tx.session.flush()
    eventually(lambda: waiting_in(world, "shop") == 0)
    with world.transaction("shop") as tx:
        held = tx.session.scalar(sa.select(sa.func.max(outbox_table.c.id)))
        unmarked = {"published_at": None}
        row = sa.update(outbox_table).where(outbox_table.c.id == held)
        tx.session.execute(row.values(**unmarked))
        outbox.hold(tx.session, [held], tx.now)
    item = f"behind {uuid4()}"
    with world.transaction("shop") as tx:
        tx.emit(OrderPlaced(tx.new_id(), item))

    eventually(lambda: heard(world, item), timeout=1)
    eventually(lambda: waiting_in(world, "shop") == 0, timeout=5)  # after its pause it goes too


def test_events_are_published_in_the_order_of_their_commits(world):
    subject = uuid4()
    for number in range(20):
        with world.transaction("shop") as tx:
            tx.emit(OrderPlaced(subject, f"{subject} {number}"))

    def seen() -> list[str]:
        with world.transaction("ledger") as tx:
            mine = entries.c.order_id == subject
            rows = sa.select(entries.c.item).where(mine).order_by(entries.c.seen)
            return list(tx.session.scalars(rows))

    eventually(lambda: len(seen()) == 20)
    assert seen() == [f"{subject} {number}" for number in range(20)]


def test_a_rolled_back_transaction_says_nothing(world):
    item = f"never {uuid4()}"

    def change_my_mind() -> None:
        with world.transaction("shop") as tx:
            tx.emit(OrderPlaced(tx.new_id(), item))
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        change_my_mind()

    eventlet.sleep(0.2)
    assert not heard(world, item)
    with world.transaction("shop") as tx:
        rows = tx.session.scalars(sa.select(outbox_table.c.envelope)).all()
    assert not any(item.encode() in bytes(row) for row in rows)
