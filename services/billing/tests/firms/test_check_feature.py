"""What not every plan has: asked for by the services that own it, and refused by name."""

import pytest

from chassis.errors import Forbidden
from chassis.testing.world import eventually
from services.billing.tests.builders.months import Buyer, pass_days
from services.billing.tests.builders.practice import when
from services.billing.tests.purchases.test_subscribing import subscribe


def check(buyer, feature):
    return buyer.world.call(
        "billing.check_feature",
        as_=buyer.world.as_service("clients"),
        firm_id=buyer.firm.firm_id,
        feature=feature,
    )


def refusal(buyer, feature):
    with pytest.raises(Forbidden) as refused:
        check(buyer, feature)
    return refused.value.code, refused.value.details["plans"]


@pytest.mark.together
@pytest.mark.proves("Q15")
def test_a_firm_has_what_its_plan_has_and_learns_which_plans_have_the_rest(world):
    buyer = Buyer(world, method="")
    assert check(buyer, "api")["plan"] == "trial"
    assert refusal(buyer, "organizations") == (
        "feature_not_in_plan",
        ["pro_silver", "pro_gold", "teams", "enterprise"],
    )
    assert buyer.ask("get_subscription")["features"] == ["api"]

    when(world, buyer.member, subscribe(world, buyer.member, "pro_silver"), "paid")

    assert check(buyer, "organizations")["plan"] == "pro_silver"
    assert refusal(buyer, "api") == ("feature_not_in_plan", ["trial", "enterprise"])
    assert buyer.ask("get_subscription")["features"] == ["organizations"]


@pytest.mark.together
def test_a_trial_that_is_over_has_nothing(world):
    buyer = Buyer(world, method="")

    pass_days(world, 32)
    eventually(lambda: buyer.ask("get_subscription")["status"] == "trial_ended")

    assert refusal(buyer, "api")[1] == ["trial", "enterprise"]
    assert buyer.ask("get_subscription")["features"] == []
