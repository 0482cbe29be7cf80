from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from billing.coverages.coverage import Coverage
from billing.firms.subscription import SubscriptionStatus
from billing.plans.plan import PlanKey
from services.billing.tests.builders.samples import NOW, TODAY, a_paid_subscription, a_trial

LATER = NOW + timedelta(days=100)


def a_coverage():
    return Coverage(uuid4(), uuid4(), uuid4())


def joined(own):
    coverage = a_coverage()
    coverage.begin(own.firm_id, own, NOW)
    return coverage


@pytest.mark.proves("S1-39")
def test_joining_pauses_a_paid_subscription_and_keeps_its_days():
    own = a_paid_subscription(period_end=TODAY + timedelta(days=10))

    changed = a_coverage().begin(own.firm_id, own, NOW)

    assert (changed.status, own.days_left) == ("paused", 10)
    assert own.end(TODAY + timedelta(days=400)) is None
    assert not own.is_paid(TODAY)


@pytest.mark.parametrize("own", [a_paid_subscription(period_end=TODAY), a_trial()])
def test_what_was_paused_goes_on_with_the_days_it_had_left(own):
    before, left = own.status, (own.period_end - TODAY).days
    coverage = joined(own)

    changed = coverage.end(own, False, LATER)

    assert (own.status, own.days_left) == (before, None)
    assert changed.period_end == LATER.date() + timedelta(days=left)


def test_back_on_the_same_day_nothing_is_gained_or_lost():
    own = a_paid_subscription()
    end = own.period_end

    joined(own).end(own, False, NOW + timedelta(hours=1))

    assert own.period_end == end


def test_what_is_over_is_not_paused():
    own = a_paid_subscription(period_end=TODAY - timedelta(days=1))

    assert a_coverage().begin(own.firm_id, own, NOW) is None
    assert own.status is SubscriptionStatus.ACTIVE


def test_joining_and_leaving_said_again_change_nothing():
    own = a_paid_subscription()
    coverage = joined(own)

    assert coverage.begin(own.firm_id, own, LATER) is None
    coverage.end(own, False, LATER)
    end = own.period_end
    assert coverage.end(own, False, LATER + timedelta(days=9)) is None
    assert coverage.begin(own.firm_id, own, LATER) is None
    assert (own.period_end, coverage.covered_from, coverage.covered_until) == (end, NOW, LATER)


def test_an_end_that_is_heard_first_leaves_the_subscription_running():
    own = a_paid_subscription()
    coverage = a_coverage()
    coverage.end(None, False, NOW)

    assert coverage.begin(own.firm_id, own, LATER) is None
    assert own.is_paid(TODAY)
    assert (coverage.covered_from, coverage.covered_until) == (NOW, NOW)


def test_whom_another_firm_pays_for_by_now_stays_paused():
    own = a_paid_subscription()
    coverage = joined(own)

    assert coverage.end(own, True, LATER) is None
    assert own.paused_on == TODAY


def test_a_payment_that_comes_while_paused_adds_its_year_to_the_days_kept():
    own = a_paid_subscription(period_end=TODAY + timedelta(days=10))
    joined(own)

    changed = own.activate(PlanKey.PRO_GOLD, LATER.date())

    assert (changed.status, own.days_left) == ("paused", 375)


def test_a_payment_that_comes_while_a_trial_is_paused_keeps_a_year():
    own = a_trial()
    joined(own)

    own.activate(PlanKey.PRO_GOLD, LATER.date())

    assert own.days_left == 365
    assert own.resume(datetime(2026, 9, 1, tzinfo=UTC).date()).status == "active"
