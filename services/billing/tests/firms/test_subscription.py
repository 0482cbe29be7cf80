from datetime import date, timedelta

import pytest

from billing.firms.errors import (
    AlreadySubscribed,
    LevelFixedBySubscription,
    LevelNotOffered,
    LevelRequired,
)
from billing.firms.subscription import SubscriptionStatus
from billing.plans.plan import Level, PlanKey
from services.billing.tests.builders.samples import TODAY, a_paid_subscription, a_trial


def test_a_trial_lasts_thirty_full_days():
    assert a_trial().period_end == date(2026, 3, 31)


@pytest.mark.proves("S1-10")
@pytest.mark.parametrize("level", [Level.SILVER, Level.GOLD])
def test_without_a_subscription_the_buyer_chooses_silver_or_gold(level):
    assert a_trial().license_level(level, TODAY) is level


@pytest.mark.proves("S1-10")
def test_without_a_subscription_the_buyer_has_to_choose():
    with pytest.raises(LevelRequired) as refusal:
        a_trial().license_level(None, TODAY)

    assert refusal.value.details == {"fields": {"level": ["Choose one of: silver, gold."]}}


@pytest.mark.proves("S1-10")
@pytest.mark.parametrize("level", [Level.TEAMS, Level.ENTERPRISE])
def test_without_a_subscription_no_other_level_is_offered(level):
    with pytest.raises(LevelNotOffered):
        a_trial().license_level(level, TODAY)


@pytest.mark.proves("S1-11")
@pytest.mark.parametrize(
    ("plan", "level"),
    [
        (PlanKey.PRO_SILVER, Level.SILVER),
        (PlanKey.PRO_GOLD, Level.GOLD),
        (PlanKey.TEAMS, Level.TEAMS),
        (PlanKey.ENTERPRISE, Level.ENTERPRISE),
    ],
)
def test_a_paid_subscription_gives_its_level_to_all_licenses(plan, level):
    subscription = a_trial()
    subscription.activate(plan, TODAY)

    assert subscription.license_level(None, TODAY) is level
    assert subscription.license_level(level, TODAY) is level


@pytest.mark.proves("S1-12")
@pytest.mark.parametrize("level", [Level.SILVER, Level.TEAMS, Level.ENTERPRISE])
def test_a_paid_subscription_lets_no_other_level_be_chosen(level):
    with pytest.raises(LevelFixedBySubscription) as refusal:
        a_paid_subscription(PlanKey.PRO_GOLD, Level.GOLD).license_level(level, TODAY)

    assert refusal.value.details == {"level": "gold"}


def test_the_level_is_fixed_on_the_last_day_and_free_on_the_day_after():
    subscription = a_paid_subscription(period_end=TODAY)

    assert subscription.fixed_level(TODAY) is Level.GOLD
    assert subscription.fixed_level(TODAY + timedelta(days=1)) is None


def test_activation_runs_for_a_year_from_today():
    subscription = a_trial()

    changed = subscription.activate(PlanKey.PRO_SILVER, TODAY)

    assert (changed.plan, changed.level, changed.status) == ("pro_silver", "silver", "active")
    assert changed.period_end == date(2027, 3, 1)
    assert changed.version == 2


def test_a_payment_while_a_subscription_runs_adds_a_year_to_it():
    subscription = a_paid_subscription(period_end=date(2027, 1, 15))

    assert subscription.activate(PlanKey.PRO_GOLD, TODAY).period_end == date(2028, 1, 15)


def test_a_subscription_is_not_bought_twice():
    with pytest.raises(AlreadySubscribed) as refusal:
        a_paid_subscription(period_end=TODAY).require_unpaid(TODAY)

    assert refusal.value.details == {"plan": "pro_gold", "period_end": "2026-03-01"}


def test_a_subscription_can_be_bought_during_the_trial_and_after_the_last_day():
    a_trial().require_unpaid(TODAY)
    a_paid_subscription(period_end=TODAY - timedelta(days=1)).require_unpaid(TODAY)


def test_nothing_ends_on_its_last_day():
    assert a_paid_subscription(period_end=TODAY).end(TODAY) is None


def test_a_paid_subscription_lapses_after_its_last_day_and_only_once():
    subscription = a_paid_subscription(period_end=TODAY - timedelta(days=1))

    assert subscription.end(TODAY).status == "lapsed"
    assert subscription.end(TODAY) is None


def test_a_trial_ends_after_its_last_day():
    trial = a_trial()

    assert trial.end(trial.period_end) is None
    assert trial.end(trial.period_end + timedelta(days=1)).version == 2
    assert trial.status is SubscriptionStatus.TRIAL_ENDED
