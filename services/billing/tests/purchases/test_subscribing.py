"""A firm's own subscription: the trial it starts with, and what it buys."""

from datetime import timedelta

import pytest

from billing.firms import tables
from chassis.errors import BadRequest, Conflict
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.practice import a_firm, rows, said, when


def subscribe(world, member, plan="pro_gold", method="sandbox_ok", **fields):
    return world.call(
        "billing.subscribe", as_=member.token, plan=plan, payment_method=method, **fields
    )


def test_a_new_firm_starts_a_trial_of_thirty_days(world):
    firm = a_firm(world)

    shown = world.call("billing.get_subscription", as_=firm.member("admin").token)

    assert (shown["plan"], shown["status"], shown["level"]) == ("trial", "trial", None)
    (trial,) = said(world, "subscription_changed.v1", firm_id=firm.firm_id)
    assert (trial["period_end"], trial["version"]) == (shown["period_end"], 1)


def test_the_same_firm_announced_twice_has_one_trial(world):
    firm = a_firm(world, "Old name")
    state = {"firm_id": firm.firm_id, "name": "New name", "version": 2}

    world.publish("groups", "firm_created.v1", state, subject=str(firm.firm_id))
    world.publish("groups", "firm_changed.v1", {**state, "version": 1, "name": "Older name"})
    firm.member("admin")

    assert len(said(world, "subscription_changed.v1", firm_id=firm.firm_id)) == 1
    assert rows(world, tables.firms, firm_id=firm.firm_id)[0].name == "New name"


@pytest.mark.parametrize(
    ("plan", "level", "price"),
    [
        ("pro_silver", "silver", 19_900),
        ("pro_gold", "gold", 34_900),
        ("teams", "teams", 49_900),
        ("enterprise", "enterprise", 99_900),
    ],
)
def test_a_paid_plan_runs_for_a_year_at_the_regular_price(world, plan, level, price):
    firm = a_firm(world)
    admin = firm.member("admin")

    placed = subscribe(world, admin, plan)
    when(world, admin, placed, "paid")

    assert placed["total"] == price
    shown = world.call("billing.get_subscription", as_=admin.token)
    assert (shown["plan"], shown["level"], shown["status"]) == (plan, level, "active")
    assert shown["can"] == ["order_licenses"]
    _trial, active = said(world, "subscription_changed.v1", firm_id=firm.firm_id)
    assert (active["status"], active["version"]) == ("active", 2)
    assert said(world, "licenses_purchased.v1", firm_id=firm.firm_id) == []


def test_a_subscription_that_runs_is_not_bought_again(world):
    admin = a_firm(world).member("admin")
    when(world, admin, subscribe(world, admin), "paid")

    with pytest.raises(Conflict) as refusal:
        subscribe(world, admin, "teams")

    assert refusal.value.code == "already_subscribed"
    assert refusal.value.details["plan"] == "pro_gold"


def test_a_second_order_waits_until_the_first_is_paid_or_cancelled(world):
    admin = a_firm(world).member("admin")
    placed = subscribe(world, admin, method="sandbox_declined")
    when(world, admin, placed, "declined")

    with pytest.raises(Conflict) as refusal:
        subscribe(world, admin, "teams")
    assert refusal.value.code == "subscription_order_open"
    assert refusal.value.details == {"order_id": placed["order_id"]}

    world.call("billing.cancel_order", as_=admin.token, order_id=placed["order_id"])
    when(world, admin, subscribe(world, admin, "teams"), "paid")


def test_the_trial_is_not_sold(world):
    with pytest.raises(BadRequest) as refusal:
        subscribe(world, a_firm(world).member("admin"), "trial")

    assert refusal.value.code == "plan_not_for_sale"


def test_the_price_list_is_shown_to_everybody_who_is_signed_in(world):
    client = world.as_person(account_id=uuid7(), kind="client", email="c@home.example")

    shown = world.call("billing.list_plans", as_=client)

    prices = {item["plan"]: item["prices"] for item in shown["items"]}
    assert prices["trial"] == []
    assert prices["pro_gold"][0] == {
        "currency": "USD",
        "amount": 34_900,
        "license_amount": 17_450,
    }
    assert shown["trial_days"] == 30
    assert shown["payment_methods"][0] == "manual"


def test_a_trial_is_announced_to_be_over_when_its_last_day_has_passed(world):
    firm = a_firm(world)
    world.clock.advance(timedelta(days=32))

    world.database("billing").provider.wakeups["end_subscriptions"].ring()

    def statuses():
        events = said(world, "subscription_changed.v1", firm_id=firm.firm_id)
        return [event["status"] for event in events]

    eventually(lambda: statuses() == ["trial", "trial_ended"])
