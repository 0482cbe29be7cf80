from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.orders.license_term import LicenseTerm
from billing.plan_changes.errors import NotSubscribed, PlanUnchanged
from billing.plan_changes.plan_change import days_left, plan_change, prorated
from billing.plans.before import load_prices
from billing.plans.errors import PlanNotForSale
from billing.plans.plan import Level, PlanKey
from services.billing.tests.builders.samples import TODAY, a_paid_subscription, a_trial

PRICES = load_prices()
IN_HALF_A_YEAR = TODAY + timedelta(days=182)


def silver(end=IN_HALF_A_YEAR):
    return a_paid_subscription(PlanKey.PRO_SILVER, Level.SILVER, period_end=end)


def terms(*last_days, level=Level.SILVER):
    return [
        LicenseTerm(uuid4(), number, uuid4(), level, day) for number, day in enumerate(last_days)
    ]


def change(subscription, licenses=(), plan=PlanKey.PRO_GOLD, today=TODAY):
    return plan_change(PRICES, subscription, licenses, plan, "USD", today)


def test_going_up_costs_the_difference_for_the_days_that_are_left():
    asked = change(silver(), terms(IN_HALF_A_YEAR, IN_HALF_A_YEAR))

    own, licenses = asked.lines
    assert own.amount == (2 * 15_000 * 182 + 365) // (2 * 365)
    assert (licenses.quantity, licenses.days) == (2, 182)
    assert licenses.amount == 2 * ((2 * 7_500 * 182 + 365) // (2 * 365))
    assert asked.total == own.amount + licenses.amount


def test_licenses_of_one_last_day_share_a_line_and_those_that_are_over_have_none():
    later = IN_HALF_A_YEAR + timedelta(days=30)

    asked = change(silver(), terms(IN_HALF_A_YEAR, later, later, TODAY))

    assert [(line.quantity, line.days) for line in asked.lines[1:]] == [(1, 182), (2, 212)]


@given(
    days=st.integers(0, 800),
    plans=st.permutations([PlanKey.PRO_SILVER, PlanKey.PRO_GOLD, PlanKey.TEAMS]),
    number=st.integers(0, 5),
)
def test_up_and_down_again_on_one_day_comes_to_nothing(days, plans, number):
    start, over = plans[0], plans[1]
    levels = {
        PlanKey.PRO_SILVER: Level.SILVER, PlanKey.PRO_GOLD: Level.GOLD, PlanKey.TEAMS: Level.TEAMS,
    }  # fmt: skip
    end = TODAY + timedelta(days=days)
    subscription = a_paid_subscription(start, levels[start], period_end=end)
    licenses = terms(*[end] * number, level=levels[start])

    there = change(subscription, licenses, over)
    subscription.change(over)
    for term in licenses:
        term.level = levels[over]
    back = change(subscription, licenses, start)

    assert there.total + back.total == 0


@given(difference=st.integers(-(10**6), 10**6), days=st.integers(-5, 1_000))
def test_never_more_than_the_years_difference_moves(difference, days):
    last_day = TODAY + timedelta(days=days)

    assert abs(prorated(difference, days_left(last_day, TODAY))) <= abs(difference)


def test_on_the_last_day_another_plan_costs_nothing_and_after_it_there_is_none_to_change():
    assert change(silver(end=TODAY)).total == 0
    with pytest.raises(NotSubscribed):
        change(silver(end=TODAY - timedelta(days=1)))


def test_a_trial_is_not_changed_but_bought_over_and_nothing_is_changed_into_it():
    with pytest.raises(NotSubscribed):
        change(a_trial())
    with pytest.raises(PlanNotForSale):
        change(silver(), plan=PlanKey.TRIAL)
    with pytest.raises(PlanUnchanged):
        change(silver(), plan=PlanKey.PRO_SILVER)


def test_the_subscription_is_another_at_once_and_ends_on_the_same_day():
    subscription = silver()

    changed = subscription.change(PlanKey.TEAMS)

    assert (changed.plan, changed.level, changed.period_end) == ("teams", "teams", IN_HALF_A_YEAR)
    assert isinstance(changed.period_end, date)
