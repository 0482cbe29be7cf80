"""Buying licenses: levels, prices, who may, and what comes of it."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from billing.plans.period import one_year_after
from chassis.errors import BadRequest, Conflict, Forbidden
from services.billing.tests.builders.practice import a_firm, said, when


def order(world, member, quantity=3, level="gold", method="sandbox_ok", **fields):
    return world.call(
        "billing.order_licenses",
        as_=member.token,
        quantity=quantity,
        level=level,
        payment_method=method,
        **fields,
    )


def subscribed(world, firm, plan="pro_gold"):
    admin = firm.member("admin")
    placed = world.call(
        "billing.subscribe", as_=admin.token, plan=plan, payment_method="sandbox_ok"
    )
    when(world, admin, placed, "paid")
    return admin


@pytest.mark.proves("S1-13", "S1-14")
def test_a_buyer_says_how_many_and_pays_half_the_regular_price_for_each(world):
    admin = a_firm(world).member("admin")

    placed = order(world, admin, quantity=3)

    assert placed["status"] == "pending"
    assert (placed["unit_amount"], placed["total"]) == (17_450, 52_350)
    assert when(world, admin, placed, "paid")["paid_at"]


def test_paid_licenses_are_announced_with_their_own_date_and_year(world):
    firm = a_firm(world)
    admin = firm.member("admin")

    placed = when(world, admin, order(world, admin, quantity=2), "paid")

    (purchased,) = said(world, "licenses_purchased.v1", order_id=placed["order_id"])
    bought = datetime.fromisoformat(purchased["purchased_at"])
    assert (purchased["quantity"], purchased["level"]) == (2, "gold")
    assert purchased["firm_id"] == str(firm.firm_id)
    assert purchased["bought_by"] == str(admin.account_id)
    assert date.fromisoformat(purchased["paid_through"]) == one_year_after(bought.date())


@pytest.mark.proves("S1-10")
def test_without_a_subscription_the_level_has_to_be_chosen(world):
    admin = a_firm(world).member("admin")

    with pytest.raises(BadRequest) as refusal:
        order(world, admin, level=None)

    assert refusal.value.code == "level_required"
    assert refusal.value.details["fields"] == {"level": ["Choose one of: silver, gold."]}


@pytest.mark.proves("S1-10")
def test_without_a_subscription_silver_and_gold_are_offered(world):
    admin = a_firm(world).member("admin")

    shown = world.call("billing.preview_license_order", as_=admin.token, quantity=2)

    assert [(offer["level"], offer["total"]) for offer in shown["offers"]] == [
        ("silver", 19_900),
        ("gold", 34_900),
    ]
    assert (shown["level"], shown["total"], shown["level_fixed"]) == (None, None, False)


@pytest.mark.proves("S1-11")
def test_with_a_subscription_its_level_applies(world):
    admin = subscribed(world, a_firm(world), "pro_silver")

    assert order(world, admin, level=None)["level"] == "silver"
    shown = world.call("billing.preview_license_order", as_=admin.token, quantity=2)
    assert (shown["level"], shown["total"], shown["level_fixed"]) == ("silver", 19_900, True)


@pytest.mark.proves("S1-12")
def test_with_a_subscription_another_level_is_refused(world):
    firm = a_firm(world)
    admin = subscribed(world, firm, "pro_silver")

    with pytest.raises(Conflict) as refusal:
        order(world, admin, level="gold")

    assert refusal.value.code == "level_fixed_by_subscription"
    assert refusal.value.details == {"level": "silver"}
    shown = world.call("billing.get_subscription", as_=admin.token)
    assert (shown["level_fixed"], shown["levels"]) == (True, ["silver"])


@pytest.mark.parametrize("quantity", [1, 1_000])
def test_the_smallest_and_the_largest_quantity_are_taken(world, quantity):
    admin = a_firm(world).member("admin")

    assert order(world, admin, quantity=quantity)["total"] == quantity * 17_450


@pytest.mark.parametrize("quantity", [0, -1, 1_001, 1.5, "many", None, True])
def test_another_quantity_is_refused(world, quantity):
    admin = a_firm(world).member("admin")

    with pytest.raises(BadRequest) as refusal:
        order(world, admin, quantity=quantity)

    assert list(refusal.value.details["fields"]) == ["quantity"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"level": "teams"}, "level_not_offered"),
        ({"level": "platinum"}, "invalid_request"),
        ({"method": "cheque"}, "payment_method_not_offered"),
        ({"method": ""}, "invalid_request"),
        ({"currency": "JPY"}, "currency_not_offered"),
        ({"currency": "usd"}, "invalid_request"),
        ({"currency": "USD\n"}, "invalid_request"),
        ({"firm_id": str(uuid4())}, "invalid_request"),
    ],
)
def test_what_cannot_be_ordered_is_refused_with_the_field_that_is_wrong(world, fields, code):
    admin = a_firm(world).member("admin")

    with pytest.raises(BadRequest) as refusal:
        order(world, admin, **fields)

    assert refusal.value.code == code
    assert refusal.value.details["fields"]
    assert world.call("billing.list_orders", as_=admin.token)["items"] == []


def test_a_firm_keeps_the_currency_of_its_first_order(world):
    admin = a_firm(world).member("admin")
    order(world, admin, currency="EUR")

    assert order(world, admin)["currency"] == "EUR"
    with pytest.raises(Conflict) as refusal:
        order(world, admin, currency="USD")
    assert refusal.value.code == "currency_fixed_by_earlier_orders"


@pytest.mark.parametrize("role", ["admin", "billing_only"])
def test_admins_and_billing_only_members_buy(world, role):
    member = a_firm(world).member(role)

    assert order(world, member)["status"] == "pending"
    shown = world.call("billing.get_subscription", as_=member.token)
    assert shown["can"] == ["order_licenses", "subscribe"]


@pytest.mark.together
@pytest.mark.parametrize("role", ["member", "practitioner"])
def test_nobody_else_buys_or_sees_what_was_bought(world, role):
    member = a_firm(world).member(role)

    for call in ("list_orders", "list_receipts", "get_balance"):
        with pytest.raises(Forbidden) as refusal:
            world.call(f"billing.{call}", as_=member.token)
        assert refusal.value.code == "buying_not_allowed"
    with pytest.raises(Forbidden):
        order(world, member)
    assert world.call("billing.get_subscription", as_=member.token)["can"] == []


@pytest.mark.together
def test_a_removed_admin_buys_no_more(world):
    firm = a_firm(world)
    admin = firm.member("admin")
    firm.change(admin, status="removed")

    with pytest.raises(Forbidden) as refusal:
        order(world, admin)
    assert refusal.value.code == "not_a_member"


def test_the_same_order_sent_twice_is_placed_and_charged_once(world):
    firm = a_firm(world)
    admin = firm.member("admin")
    key = str(uuid4())

    first = order(world, admin, key=key)
    again = order(world, admin, key=key)

    assert again == first
    when(world, admin, first, "paid")
    assert len(world.call("billing.list_orders", as_=admin.token)["items"]) == 1
    assert len(said(world, "receipt_issued.v1", firm_id=firm.firm_id)) == 1
