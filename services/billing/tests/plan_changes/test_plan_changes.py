"""Changing the plan while it is paid for, through all services."""

from datetime import timedelta

import pytest

from chassis.errors import Conflict
from services.billing.tests.builders.months import Buyer, charges
from services.billing.tests.builders.practice import said, when
from services.billing.tests.purchases.test_subscribing import subscribe


def subscribed(world, plan="pro_silver"):
    buyer = Buyer(world)
    when(world, buyer.member, subscribe(world, buyer.member, plan), "paid")
    return buyer


def test_the_preview_and_the_change_agree_and_the_difference_is_on_the_open_account(world):
    buyer = subscribed(world)
    world.clock.advance(timedelta(days=100))
    foreseen = buyer.ask("preview_plan_change", plan="pro_gold")
    assert charges(buyer) == []

    done = buyer.ask("change_plan", plan="pro_gold")

    assert done == foreseen
    assert sum(one["amount"] for one in charges(buyer)) == done["total"] > 0
    assert {one["kind"] for one in charges(buyer)} == {"plan_change"}
    shown = buyer.ask("get_subscription")
    assert (shown["plan"], shown["level"], shown["status"]) == ("pro_gold", "gold", "active")
    (told,) = said(world, "license_levels_changed.v1", firm_id=buyer.firm.firm_id)
    assert (told["from_level"], told["level"]) == ("silver", "gold")


def test_back_again_on_the_same_day_the_open_account_is_even(world):
    buyer = subscribed(world)

    for plan in ("teams", "pro_silver"):
        buyer.ask("change_plan", plan=plan)

    assert len(charges(buyer)) == 4
    assert sum(one["amount"] for one in charges(buyer)) == 0


@pytest.mark.parametrize(
    ("plan", "code"), [("pro_silver", "plan_unchanged"), ("pro_gold", "not_subscribed")]
)
def test_what_cannot_be_changed_is_refused_also_in_the_preview(world, plan, code):
    buyer = subscribed(world) if code == "plan_unchanged" else Buyer(world)

    for method in ("preview_plan_change", "change_plan"):
        with pytest.raises(Conflict) as refused:
            buyer.ask(method, plan=plan)
        assert refused.value.code == code
