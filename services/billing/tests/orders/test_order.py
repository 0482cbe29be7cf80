from datetime import UTC, date, datetime, timedelta

import pytest

from billing.orders.errors import (
    OrderAlreadyPaid,
    OrderWasCancelled,
    PaymentInProgress,
    StatementStaysOwed,
)
from billing.orders.order import OrderKind, OrderStatus
from billing.orders.payment import PaymentStatus
from services.billing.tests.builders.samples import NOW, an_order, context


def with_payment(order):
    return order.start_payment("sandbox_ok", context())


def declined(order):
    payment = with_payment(order)
    payment.decline("card_declined", NOW)
    order.decline()
    return order


def test_a_payment_is_for_the_order_s_total_and_due_at_once():
    payment = with_payment(an_order(quantity=3))

    assert (payment.amount, payment.currency) == (52_350, "USD")
    assert payment.next_attempt_at == NOW


def test_paid_licenses_are_announced_with_a_year_to_go():
    order = an_order(quantity=3)
    with_payment(order)

    purchased = order.pay(datetime(2026, 3, 1, 23, 59, tzinfo=UTC))

    assert order.status is OrderStatus.PAID
    assert (purchased.quantity, purchased.level) == (3, "gold")
    assert purchased.paid_through == date(2027, 3, 1)
    assert purchased.bought_by == order.ordered_by


def test_a_paid_subscription_brings_no_licenses():
    assert an_order(OrderKind.SUBSCRIPTION, quantity=1).pay(NOW) is None


@pytest.mark.parametrize("status", [PaymentStatus.PENDING, PaymentStatus.AWAITING])
def test_no_second_payment_starts_while_one_is_undecided(status):
    order = an_order()
    with_payment(order).status = status

    with pytest.raises(PaymentInProgress):
        with_payment(order)


def test_a_declined_order_can_be_paid_again():
    order = declined(an_order())

    again = with_payment(order)

    assert order.status is OrderStatus.PENDING
    assert [payment.status for payment in order.payments] == ["declined", "pending"]
    assert again.id != order.payments[0].id


def test_a_paid_order_is_not_paid_again():
    order = an_order()
    order.pay(NOW)

    with pytest.raises(OrderAlreadyPaid):
        with_payment(order)


def test_a_paid_order_is_not_cancelled():
    order = an_order()
    order.pay(NOW)

    with pytest.raises(OrderAlreadyPaid):
        order.cancel(NOW)


def test_an_order_is_not_cancelled_while_a_provider_may_have_taken_the_money():
    order = an_order()
    with_payment(order)

    with pytest.raises(PaymentInProgress):
        order.cancel(NOW)


def test_cancelling_voids_a_payment_that_was_awaited():
    order = an_order()
    payment = with_payment(order)
    payment.wait_for_confirmation()

    assert order.cancel(NOW + timedelta(days=1))
    assert payment.status is PaymentStatus.VOIDED


def test_cancelling_again_changes_nothing():
    order = declined(an_order())

    assert order.cancel(NOW)
    assert not order.cancel(NOW)


def test_a_cancelled_order_is_not_paid():
    order = declined(an_order())
    order.cancel(NOW)

    with pytest.raises(OrderWasCancelled):
        with_payment(order)


def test_a_month_s_statement_stays_owed():
    declined(an_order()).require_cancellable()

    with pytest.raises(StatementStaysOwed):
        declined(an_order(OrderKind.STATEMENT)).require_cancellable()


def test_what_may_be_done_with_an_order_follows_its_payments():
    order = an_order()
    payment = with_payment(order)
    assert order.can == []

    payment.wait_for_confirmation()
    assert order.can == ["cancel"]

    assert declined(an_order()).can == ["pay", "cancel"]
    assert declined(an_order(OrderKind.STATEMENT)).can == ["pay"]

    order.cancel(NOW)
    assert order.can == []
