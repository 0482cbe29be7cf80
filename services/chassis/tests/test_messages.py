"""Commands, queries, events and jobs, on both stacks."""

import time
from uuid import uuid4

import eventlet
import pytest
import sqlalchemy as sa

from chassis.errors import BadRequest, ChassisError, Conflict, Forbidden, NotFound, Unauthenticated
from chassis.testing.world import World, eventually
from services.chassis.tests.shop import PAUSE, LedgerService, ShopService, entries, orders

_numbers = iter(range(1, 10_000))


@pytest.fixture
def ana(world: World) -> str:
    return world.as_person(account_id=uuid4(), email="ana@example.com")


def number() -> int:
    return next(_numbers)


def entries_of(world: World, item: str) -> list:
    with world.transaction("ledger") as tx:
        return tx.session.execute(sa.select(entries).where(entries.c.item == item)).all()


def refused(kind: type[ChassisError], code: str, call) -> ChassisError:
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.code == code
    return caught.value


def test_a_command_is_answered_and_its_event_is_heard(world, ana):
    order = world.call("shop.place_order", as_=ana, item="lamp", number=number())

    found = eventually(lambda: entries_of(world, "lamp"))
    assert [str(entry.order_id) for entry in found] == [order["id"]]


def test_the_same_key_gets_the_same_answer_and_is_done_once(world, ana):
    request = {"item": "chair", "number": number()}
    first = world.call("shop.place_order", as_=ana, key="k1", **request)
    again = world.call("shop.place_order", as_=ana, key="k1", **request)

    assert again == first
    eventually(lambda: entries_of(world, "chair"))
    eventlet.sleep(0.1)
    assert len(entries_of(world, "chair")) == 1


def test_the_same_key_with_other_content_is_refused(world, ana):
    world.call("shop.place_order", as_=ana, key="k2", item="desk", number=number())

    refused(
        Conflict,
        "idempotency_key_reused",
        lambda: world.call("shop.place_order", as_=ana, key="k2", item="bed", number=number()),
    )


def test_a_key_belongs_to_its_caller(world, ana):
    ben = world.as_person(account_id=uuid4(), email="ben@example.com")
    mine = world.call("shop.place_order", as_=ana, key="k3", item="cup", number=number())
    his = world.call("shop.place_order", as_=ben, key="k3", item="cup", number=number())

    assert mine["id"] != his["id"]


def test_twenty_at_once_under_one_key_are_one(world, ana):
    request = {"item": "mirror", "number": number()}
    calls = [
        eventlet.spawn(world.call, "shop.place_order", as_=ana, key="k4", **request)
        for _ in range(20)
    ]

    assert len({call.wait()["id"] for call in calls}) == 1


def test_a_preparation_runs_once_for_an_answered_key(world):
    request = {"item": "vase", "number": number()}
    before = ShopService.prepared
    first = world.call("shop.place_prepared", key="k5", **request)
    again = world.call("shop.place_prepared", key="k5", **request)

    assert (first["item"], again) == ("VASE", first)
    assert ShopService.prepared == before + 1


def test_a_command_without_a_key_is_refused(world, ana):
    refused(
        BadRequest,
        "idempotency_key_missing",
        lambda: world.client.call(
            "shop",
            "place_order",
            {"item": "x", "number": 0},
            headers={"access_token": ana, "idempotency_key": None},
        ),
    )


def test_a_call_that_brings_no_key_gets_one_of_its_own(world, ana):
    placed = [
        world.client.call("shop", "place_order", order, headers={"access_token": ana})["id"]
        for order in ({"item": "lamp", "number": number()}, {"item": "lamp", "number": number()})
    ]

    assert len(set(placed)) == 2


def test_a_refusal_changes_nothing_and_carries_its_details(world, ana):
    error = refused(
        Conflict,
        "sold_out",
        lambda: world.call("shop.place_order", as_=ana, item="nothing", number=number()),
    )
    assert error.details == {"left": 0}


def test_nobody_is_asked_to_sign_in_and_the_wrong_kind_is_refused(world):
    refused(Unauthenticated, "token_missing", lambda: world.call("shop.get_order", item="lamp"))
    refused(
        Forbidden,
        "caller_not_admitted",
        lambda: world.call("shop.get_order", as_=world.as_service("ledger"), item="lamp"),
    )


def test_wrong_fields_are_named_one_by_one(world, ana):
    error = refused(
        BadRequest,
        "invalid_request",
        lambda: world.call("shop.place_order", as_=ana, item="", number="7", color="red"),
    )
    assert set(error.details["fields"]) == {"item", "number", "color"}


def test_what_is_not_there_is_not_found(world, ana):
    refused(NotFound, "order_not_found", lambda: world.call("shop.get_order", as_=ana, item="none"))


def test_a_query_that_says_something_fails_and_says_nothing(world):
    refused(
        ChassisError, "internal_error", lambda: world.call("shop.say_something", item="silence")
    )
    assert not entries_of(world, "x")


def test_a_remote_call_inside_a_transaction_is_a_fault(world):
    refused(
        ChassisError,
        "internal_error",
        lambda: world.call("shop.call_inside", item="y", number=number()),
    )


def test_two_that_take_the_same_number_end_in_an_error_not_in_two(world, ana):
    taken = number()
    world.call("shop.place_order", as_=ana, item="first", number=taken)
    with pytest.raises(ChassisError):
        world.call("shop.place_order", as_=ana, item="second", number=taken)
    with world.transaction("shop") as tx:
        same = sa.select(sa.func.count()).select_from(orders).where(orders.c.number == taken)
        assert tx.session.scalar(same) == 1


def test_a_woken_job_runs_after_the_commit(world, ana):
    before = ShopService.cleaned
    world.call("shop.place_order", as_=ana, item="broom", number=number())

    eventually(lambda: ShopService.cleaned > before, timeout=2)


def test_a_job_that_is_woken_often_runs_once_in_its_pause(world):
    before, began = ShopService.cleaned, time.monotonic()

    for _ in range(20):
        with world.transaction("shop") as tx:
            tx.wake("clean_up")
        eventlet.sleep(0.01)
    eventually(lambda: ShopService.cleaned > before)
    eventlet.sleep(2 * PAUSE)

    runs = ShopService.cleaned - before
    assert runs <= (time.monotonic() - began) / PAUSE + 1


@pytest.mark.proves("T28", "T31")
def test_a_failing_event_is_tried_again_with_pauses_until_it_works(world, ana):
    LedgerService.FAIL["clock"] = 2
    world.call("shop.place_order", as_=ana, item="clock", number=number())

    eventually(lambda: entries_of(world, "clock"))
    assert len(entries_of(world, "clock")) == 1
    assert LedgerService.FAIL["clock"] == 0


@pytest.mark.proves("T29")
def test_the_same_event_three_times_takes_effect_once(world):
    event = {"order_id": uuid4(), "item": "echo"}
    event_id = world.publish("shop", "order_placed.v1", event)
    for _ in range(2):
        world.publish("shop", "order_placed.v1", event, event_id=event_id)

    eventually(lambda: entries_of(world, "echo"))
    eventlet.sleep(0.3)
    assert len(entries_of(world, "echo")) == 1


def test_events_of_one_subject_are_handled_in_order(world):
    subject = str(uuid4())
    ids = [uuid4() for _ in range(30)]
    for order_id in ids:
        event = {"order_id": order_id, "item": subject}
        world.publish("shop", "order_placed.v1", event, subject=subject)

    eventually(lambda: len(entries_of(world, subject)) == len(ids))
    in_order = sorted(entries_of(world, subject), key=lambda entry: entry.seen)
    assert [entry.order_id for entry in in_order] == ids
