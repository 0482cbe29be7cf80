from datetime import timedelta

import pytest

from billing.firms.errors import FeatureNotInPlan
from billing.plans.plan import LEVEL_OF, Feature, PlanKey
from services.billing.tests.builders.samples import TODAY, a_paid_subscription, a_trial

WITH = {
    Feature.ORGANIZATIONS: ["pro_silver", "pro_gold", "teams", "enterprise"],
    Feature.API: ["trial", "enterprise"],
}


def subscriptions():
    paid = [a_paid_subscription(plan, level) for plan, level in LEVEL_OF.items()]
    return {one.plan: one for one in (a_trial(), *paid)}


def has(subscription, feature, day=TODAY):
    return feature in subscription.features(day)


@pytest.mark.proves("Q15")
@pytest.mark.parametrize("feature", Feature)
def test_some_plans_have_it_and_the_refusal_of_the_others_names_those(feature):
    by_plan = subscriptions()
    assert set(by_plan) == set(PlanKey)

    assert [plan for plan in PlanKey if has(by_plan[plan], feature)] == WITH[feature]
    for plan, subscription in by_plan.items():
        if plan in WITH[feature]:
            subscription.require_feature(feature, TODAY)
            continue
        with pytest.raises(FeatureNotInPlan) as refusal:
            subscription.require_feature(feature, TODAY)
        assert refusal.value.details == {"feature": feature, "plans": WITH[feature]}


def test_the_last_day_still_has_it_and_the_next_has_not():
    trial = a_trial()

    assert has(trial, Feature.API, trial.period_end)
    assert not has(trial, Feature.API, trial.period_end + timedelta(days=1))


def test_a_paused_subscription_has_nothing_until_it_goes_on():
    subscription = a_paid_subscription()
    subscription.pause(TODAY)
    assert subscription.features(TODAY) == []

    subscription.resume(TODAY)
    assert subscription.features(TODAY) == [Feature.ORGANIZATIONS]
