"""Money is taken once, wherever the worker ends and however often anything is repeated."""

from datetime import timedelta

import eventlet
import pytest

from chassis.testing.world import eventually
from services.billing.tests.builders.desk import LEASE, MOMENT, TOTAL, assert_paid_once


def test_a_due_payment_is_charged_and_recorded(desk):
    order = desk.order(desk.buyer())

    assert desk.collect() == 1

    assert_paid_once(desk, order)
    assert desk.collect() == 0


def test_a_worker_that_ends_before_the_charge_is_followed_by_another(desk):
    order = desk.order(desk.buyer())
    desk.claim()

    desk.wait(LEASE - MOMENT)
    assert desk.collect() == 0
    assert desk.money_taken() == 0
    desk.wait(2 * MOMENT)
    assert desk.collect() == 1

    assert_paid_once(desk, order)


def test_a_worker_that_ends_after_the_charge_leaves_one_charge_and_one_receipt(desk):
    order = desk.order(desk.buyer())
    desk.charge(desk.claim())
    assert desk.see(order).status == "pending"
    assert desk.money_taken() == TOTAL

    desk.wait(LEASE + MOMENT)
    desk.collect()

    assert_paid_once(desk, order)


def test_a_worker_that_ends_after_recording_leaves_nothing_to_do(desk):
    order = desk.order(desk.buyer())
    payment = desk.claim()
    desk.record(payment, desk.charge(payment))

    desk.wait(LEASE + MOMENT)
    assert desk.collect() == 0

    assert_paid_once(desk, order)


def test_an_outcome_that_is_recorded_twice_counts_once(desk):
    order = desk.order(desk.buyer())
    payment = desk.claim()
    outcome = desk.charge(payment)

    desk.record(payment, outcome)
    desk.record(payment, outcome)

    assert_paid_once(desk, order)


def test_two_workers_whose_leases_overlap_take_the_money_once(desk):
    order = desk.order(desk.buyer())
    slow = desk.claim()
    desk.wait(LEASE + MOMENT)
    quick = desk.claim()
    assert slow.id == quick.id

    outcomes = [desk.charge(quick), desk.charge(slow)]
    desk.record(slow, outcomes[1])
    desk.record(quick, outcomes[0])

    assert outcomes[0] == outcomes[1]
    assert_paid_once(desk, order)


def test_a_leased_payment_is_not_claimed_by_another_worker(desk):
    desk.order(desk.buyer())

    assert desk.claim() is not None
    assert desk.claim() is None


def test_workers_at_the_same_time_share_the_payments_out(desk):
    buyer = desk.buyer()
    orders = [desk.order(buyer) for _ in range(8)]

    workers = [eventlet.spawn(desk.collect) for _ in range(3)]

    assert sum(worker.wait() for worker in workers) == 8
    assert {desk.see(order).status for order in orders} == {"paid"}
    assert desk.money_taken() == 8 * TOTAL
    assert sorted(desk.positions(buyer)) == list(range(1, 9))


def test_an_answer_that_got_lost_is_asked_for_again_under_the_same_key(desk):
    order = desk.order(desk.buyer(), "sandbox_timeout_once")

    desk.collect()
    (payment,) = desk.see(order).payments
    assert (payment.status, payment.attempts) == ("pending", 1)
    assert desk.money_taken() == TOTAL  # and we do not know it

    desk.wait(timedelta(seconds=1))
    assert desk.collect() == 1

    assert_paid_once(desk, order)


def test_a_worker_that_ends_after_a_lost_answer_changes_nothing_of_that(desk):
    order = desk.order(desk.buyer(), "sandbox_timeout_once")
    assert desk.charge(desk.claim()) is None

    desk.wait(LEASE + MOMENT)
    desk.collect()

    assert_paid_once(desk, order)


def test_a_late_lost_answer_does_not_disturb_what_is_paid(desk):
    order = desk.order(desk.buyer())
    payment = desk.claim()
    desk.record(payment, desk.charge(payment))

    desk.record(payment, None)

    assert_paid_once(desk, order)


def test_a_slow_provider_holds_up_no_other_payment(desk):
    slow = desk.order(desk.buyer(), "sandbox_slow")
    quick = desk.order(desk.buyer())
    collecting = eventlet.spawn(desk.collect)

    eventually(lambda: desk.see(quick).status == "paid")

    assert desk.see(slow).status == "pending"
    assert collecting.wait() == 2
    assert desk.see(slow).status == "paid"


def test_a_slow_provider_holds_no_transaction(desk):
    slow = desk.order(desk.buyer(), "sandbox_slow")
    collecting = eventlet.spawn(desk.collect)
    eventlet.sleep(0.1)

    quick = desk.order(desk.buyer())  # would wait for the lock of a transaction
    assert not collecting.dead
    assert desk.see(slow).status == "pending"

    collecting.wait()
    desk.collect()
    assert desk.see(slow).status == desk.see(quick).status == "paid"


def test_a_charge_inside_a_transaction_is_refused(desk):
    desk.order(desk.buyer())
    payment = desk.claim()

    with pytest.raises(RuntimeError, match="inside a transaction"), desk.db.transaction():
        desk.charge(payment)
