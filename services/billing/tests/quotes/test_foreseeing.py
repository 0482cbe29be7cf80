from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.coverages.coverage import Coverage
from billing.firms.subscription import Subscription, SubscriptionStatus
from billing.plans.plan import LEVEL_OF, Level, PlanKey
from billing.quotes.foreseeing import (
    on_joining,
    on_leaving,
    on_leaving_without_a_firm,
    renewal_amount,
)
from services.billing.tests.builders.samples import (
    NOW,
    PRICES,
    TODAY,
    a_paid_subscription,
    a_trial,
)

DAYS = st.integers(-40, 400)
CALM = [status for status in SubscriptionStatus if status is not SubscriptionStatus.PAUSED]


def a_subscription(plan, status, days):
    end = TODAY + timedelta(days=days)
    return Subscription(uuid4(), plan, LEVEL_OF.get(plan), status, end, 1)


SUBSCRIPTIONS = st.builds(a_subscription, st.sampled_from(PlanKey), st.sampled_from(CALM), DAYS)


def facts(own):
    return own.plan, own.status, own.period_end, own.days_left, own.version


@given(SUBSCRIPTIONS)
def test_what_is_foreseen_of_joining_is_what_joining_does(own):
    coverage, before = Coverage(uuid4(), uuid4(), uuid4()), facts(own)

    seen = on_joining(own, coverage, NOW)

    assert (facts(own), coverage.covered_from) == (before, None)
    changed = coverage.begin(own.firm_id, own, NOW)
    assert seen.becomes == ("paused" if changed else "unchanged")
    assert (seen.plan, seen.period_end, seen.days_left) == (
        own.plan, own.period_end, own.days_left,
    )  # fmt: skip


@given(SUBSCRIPTIONS, st.integers(0, 800), st.booleans())
def test_what_is_foreseen_of_leaving_is_what_leaving_does(own, later, elsewhere):
    coverage, then = Coverage(uuid4(), uuid4(), uuid4()), NOW + timedelta(days=later)
    coverage.begin(own.firm_id, own, NOW)
    before = facts(own)

    seen = on_leaving(own, coverage, elsewhere, then)

    assert (facts(own), coverage.covered_until) == (before, None)
    changed = coverage.end(own, elsewhere, then)
    assert seen.becomes == ("resumes" if changed else "unchanged")
    assert (seen.plan, seen.period_end) == (own.plan, own.period_end)


@given(SUBSCRIPTIONS, st.integers(0, 800))
def test_joining_and_leaving_again_keep_exactly_the_days_left(own, later):
    left, then = (own.period_end - TODAY).days, NOW + timedelta(days=later)
    coverage = Coverage(uuid4(), uuid4(), uuid4())

    if coverage.begin(own.firm_id, own, NOW):
        coverage.end(own, False, then)
        assert (own.period_end - then.date()).days == left


def test_a_founder_who_leaves_begins_with_a_trial():
    seen = on_leaving_without_a_firm(uuid4(), 30, NOW)

    assert (seen.becomes, seen.period_end) == ("trial", a_trial().period_end)


@pytest.mark.parametrize(
    ("subscription", "role", "level", "amount"),
    [
        (a_paid_subscription(), "member", None, 17_450),
        (a_paid_subscription(), None, Level.SILVER, 17_450),
        (a_trial(), "member", Level.SILVER, 9_950),
        (a_trial(), "member", None, None),
        (a_paid_subscription(), "billing_only", Level.GOLD, None),
    ],
)
def test_a_license_s_next_year_costs_what_its_level_does(subscription, role, level, amount):
    assert renewal_amount(PRICES, subscription, role, level, "USD", TODAY) == amount
