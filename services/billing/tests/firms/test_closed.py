from datetime import date
from uuid import uuid4

import pytest

from billing.firms.subscription import Subscription, SubscriptionStatus
from billing.plans.plan import PlanKey

TODAY = date(2026, 3, 1)


def a_trial():
    return Subscription.trial(uuid4(), TODAY, 14)


def a_paused():
    subscription = a_trial()
    subscription.pause(TODAY)
    return subscription


@pytest.mark.parametrize("made", [a_trial, a_paused])
def test_a_closed_subscription_runs_no_more_and_nothing_wakes_it(made):
    subscription = made()

    assert subscription.close().status is SubscriptionStatus.CLOSED
    assert subscription.close() is None
    assert subscription.resume(TODAY) is None
    assert subscription.pause(TODAY) is None
    assert subscription.end(date(2030, 1, 1)) is None
    assert subscription.renew(date(2030, 1, 1)) is None
    assert not subscription.runs(TODAY)


def test_money_that_comes_late_does_not_open_it_again():
    subscription = a_trial()
    subscription.close()

    changed = subscription.activate(PlanKey.PRO_SILVER, TODAY)

    assert changed.status is SubscriptionStatus.CLOSED
