from datetime import timedelta

import pytest

from billing.orders.errors import PaymentNotAwaited
from billing.orders.payment import PATIENCE, PaymentStatus
from services.billing.tests.builders.samples import NOW, an_order, context

LEASE = timedelta(minutes=2)


def a_payment():
    return an_order().start_payment("sandbox_ok", context())


def awaited():
    payment = a_payment()
    payment.wait_for_confirmation()
    return payment


def test_a_leased_payment_is_due_again_when_the_lease_ends():
    payment = a_payment()

    payment.lease(NOW, LEASE)

    assert payment.next_attempt_at == payment.lease_until == NOW + LEASE
    assert payment.attempts == 1


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 600), (6, 600), (99, 600)]
)
def test_a_silent_provider_is_asked_again_for_ever_at_growing_distances(attempts, seconds):
    payment = a_payment()
    payment.attempts = attempts

    payment.postpone(NOW)

    assert payment.next_attempt_at == NOW + timedelta(seconds=seconds)
    assert payment.status is PaymentStatus.PENDING
    assert max(PATIENCE) == 600


def test_a_payment_is_charged_once():
    payment = a_payment()

    assert payment.charge("ref-1", NOW)
    assert not payment.charge("ref-1", NOW + LEASE)
    assert payment.settled_at == NOW


def test_a_decided_payment_keeps_its_outcome_whatever_comes_later():
    payment = a_payment()
    payment.charge("ref-1", NOW)

    assert not payment.decline("card_declined", NOW)
    payment.postpone(NOW)
    payment.wait_for_confirmation()
    payment.void(NOW)

    assert payment.status is PaymentStatus.CHARGED
    assert (payment.reference, payment.reason) == ("ref-1", None)
    assert payment.next_attempt_at is None


def test_a_decline_is_final():
    payment = a_payment()
    payment.decline("card_declined", NOW)

    assert not payment.charge("ref-1", NOW)
    assert payment.reason == "card_declined"


def test_an_awaited_payment_is_confirmed_once_and_the_same_word_again_changes_nothing():
    payment = awaited()

    assert payment.confirm("transfer 17", NOW)
    assert not payment.confirm("transfer 17", NOW)


def test_another_reference_for_a_confirmed_payment_is_refused():
    payment = awaited()
    payment.confirm("transfer 17", NOW)

    with pytest.raises(PaymentNotAwaited):
        payment.confirm("transfer 18", NOW)


def test_money_by_hand_may_be_there_before_the_gateway_was_asked():
    payment = a_payment()
    payment.method = "manual"

    assert payment.confirm("transfer 17", NOW)
    payment.wait_for_confirmation()

    assert payment.status is PaymentStatus.CHARGED


def test_only_an_awaited_payment_is_confirmed_by_hand():
    with pytest.raises(PaymentNotAwaited):
        a_payment().confirm("transfer 17", NOW)


def test_a_voided_payment_is_not_confirmed():
    payment = awaited()
    payment.void(NOW)

    with pytest.raises(PaymentNotAwaited):
        payment.confirm("transfer 17", NOW)
