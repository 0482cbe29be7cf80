"""What each outcome of a payment leads to: declined, awaited, unknown gateways, late money."""

from datetime import timedelta

import pytest

from billing.orders.errors import (
    OrderAlreadyPaid,
    PaymentInProgress,
    PaymentNotAwaited,
    PaymentNotFound,
)
from billing.settlements.errors import PaymentMethodNotOffered
from billing.settlements.gateway import Charged
from billing.settlements.gateways_before import OfferedGateways
from chassis import clock
from chassis.ids import uuid7
from services.billing.tests.builders.desk import LEASE, MOMENT, SETTINGS, TOTAL, assert_paid_once


def test_a_declined_payment_takes_nothing_and_is_announced(desk):
    buyer = desk.buyer()
    order = desk.order(buyer, "sandbox_declined")

    desk.collect()

    assert desk.see(order).status == "declined"
    assert desk.money_taken() == 0
    (declined,) = desk.said("payment_declined.v1")
    assert declined["reason"] == "card_declined"
    assert declined["order_id"] == str(order.id)
    assert declined["total"] == TOTAL
    assert [person["email"] for person in declined["recipients"]] == ["admin@firm.example"]
    assert desk.said("receipt_issued.v1") == desk.said("licenses_purchased.v1") == []


def test_a_decline_that_is_recorded_twice_is_announced_once(desk):
    desk.order(desk.buyer(), "sandbox_declined")
    payment = desk.claim()
    outcome = desk.charge(payment)

    desk.record(payment, outcome)
    desk.record(payment, outcome)

    assert len(desk.said("payment_declined.v1")) == 1


def test_a_declined_payment_is_not_tried_again_by_itself(desk):
    desk.order(desk.buyer(), "sandbox_declined")
    desk.collect()

    desk.wait(timedelta(days=30))

    assert desk.collect() == 0


def test_a_declined_order_is_paid_by_a_new_payment(desk):
    order = desk.order(desk.buyer(), "sandbox_declined")
    desk.collect()

    desk.pay_again(order, "sandbox_ok")
    desk.collect()

    assert_paid_once(desk, order)
    assert [payment.status for payment in desk.see(order).payments] == ["declined", "charged"]


def test_an_order_is_paid_again_only_when_it_was_declined(desk):
    order = desk.order(desk.buyer())
    with pytest.raises(PaymentInProgress):
        desk.pay_again(order, "sandbox_ok")
    desk.collect()
    with pytest.raises(OrderAlreadyPaid):
        desk.pay_again(order, "sandbox_ok")

    assert_paid_once(desk, order)


def test_money_that_comes_by_itself_is_awaited_and_confirmed_once(desk):
    order = desk.order(desk.buyer(), "manual")
    desk.collect()
    assert desk.see(order).payments[0].status == "awaiting"
    desk.wait(timedelta(days=30))
    assert desk.collect() == 0

    desk.confirm(order, "transfer 17")
    desk.confirm(order, "transfer 17")

    assert desk.see(order).status == "paid"
    assert desk.money_taken() == 0
    assert len(desk.said("receipt_issued.v1")) == len(desk.said("licenses_purchased.v1")) == 1


def test_a_cancelled_order_is_not_confirmed(desk):
    order = desk.order(desk.buyer(), "manual")
    desk.collect()
    desk.cancel(order)

    with pytest.raises(PaymentNotAwaited):
        desk.confirm(order, "transfer 17")


def test_a_payment_that_is_unknown_is_not_confirmed(desk):
    order = desk.order(desk.buyer(), "manual")
    order.payments[0].id = uuid7()

    with pytest.raises(PaymentNotFound):
        desk.confirm(order, "transfer 17")


def test_a_payment_whose_gateway_was_switched_off_waits_for_it(desk):
    order = desk.order(desk.buyer())
    everything = desk.gateways
    desk.gateways = OfferedGateways({**SETTINGS, "gateways": "manual"})
    with pytest.raises(PaymentMethodNotOffered):
        desk.collect()
    assert desk.see(order).payments[0].status == "pending"

    desk.gateways = everything
    desk.wait(LEASE + MOMENT)
    desk.collect()

    assert_paid_once(desk, order)


def test_the_provider_answers_a_key_as_it_did_the_first_time(desk):
    desk.order(desk.buyer(), "sandbox_declined")
    payment = desk.claim()
    sandbox = desk.gateways.of("sandbox_ok", desk.db)

    first = desk.charge(payment)
    again = sandbox.charge(payment.id, "sandbox_ok", payment.amount, payment.currency)

    assert first == again
    assert not isinstance(again, Charged)
    assert desk.money_taken() == 0


def test_the_day_of_payment_counts_for_the_licenses_not_that_of_the_order(desk):
    desk.order(desk.buyer())
    desk.wait(timedelta(days=3))

    desk.collect()

    (purchased,) = desk.said("licenses_purchased.v1")
    assert purchased["purchased_at"][:10] == clock.now().date().isoformat()
