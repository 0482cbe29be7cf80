"""What a firm is offered: every plan with what it may do, licenses, and how it can pay."""

from services.billing.tests.builders.months import Buyer
from services.billing.tests.builders.practice import when


def test_before_a_subscription_each_plan_can_be_subscribed_in_any_currency(world):
    buyer = Buyer(world, method="")

    shown = buyer.ask("list_offers", currency="EUR", quantity=2)

    assert shown["currencies"] == ["USD", "EUR", "GBP"]
    assert [(one["plan"], one["amount"], one["can"]) for one in shown["plans"]] == [
        ("pro_silver", 18_900, ["subscribe"]),
        ("pro_gold", 32_900, ["subscribe"]),
        ("teams", 46_900, ["subscribe"]),
        ("enterprise", 94_900, ["subscribe"]),
    ]
    assert [one["total"] for one in shown["licenses"]["offers"]] == [18_900, 32_900]
    assert "manual" in shown["payment_methods"]


def test_with_a_subscription_the_others_can_be_changed_to_in_its_currency(world):
    buyer = Buyer(world, method="")
    placed = buyer.ask("subscribe", plan="pro_gold", payment_method="sandbox_ok", currency="EUR")
    when(world, buyer.member, placed, "paid")

    shown = buyer.ask("list_offers")

    assert shown["currencies"] == ["EUR"]
    assert {one["plan"]: one["can"] for one in shown["plans"]} == {
        "pro_silver": ["change_plan"],
        "pro_gold": [],
        "teams": ["change_plan"],
        "enterprise": ["change_plan"],
    }
    assert (shown["licenses"]["level"], shown["licenses"]["total"]) == ("gold", 16_450)
