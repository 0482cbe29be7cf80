from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.firms.errors import AlreadySubscribed, LevelFixedBySubscription, LevelRequired
from billing.orders.currency import firm_currency
from billing.orders.errors import CurrencyFixed
from billing.orders.order import MAX_QUANTITY
from billing.plans.plan import Level, PlanKey
from billing.purchases.buying import license_order, preview_licenses, subscription_order
from services.billing.tests.builders.samples import (
    PRICES,
    TODAY,
    a_paid_subscription,
    a_trial,
    context,
)


def licenses(subscription, quantity, level, currency="USD"):
    return license_order(PRICES, subscription, context(), quantity, level, currency)


@pytest.mark.proves("S1-14")
@given(
    st.integers(1, MAX_QUANTITY),
    st.sampled_from([Level.SILVER, Level.GOLD]),
    st.sampled_from(["USD", "EUR"]),
)
def test_the_total_is_the_rounded_unit_amount_times_the_quantity(quantity, level, currency):
    order = licenses(a_trial(), quantity, level, currency)

    assert order.unit_amount == PRICES.license_price(level, currency)
    assert order.total == quantity * order.unit_amount


@given(st.integers(1, MAX_QUANTITY), st.sampled_from([Level.SILVER, Level.GOLD]))
def test_what_was_previewed_is_what_is_charged(quantity, level):
    preview = preview_licenses(PRICES, a_trial(), quantity, level, "EUR", TODAY)
    order = licenses(a_trial(), quantity, level, "EUR")

    assert (preview.unit_amount, preview.total) == (order.unit_amount, order.total)


@pytest.mark.proves("S1-10")
def test_a_preview_without_a_level_shows_what_there_is_to_choose_from():
    preview = preview_licenses(PRICES, a_trial(), 2, None, "USD", TODAY)

    assert [(offer.level, offer.total) for offer in preview.offers] == [
        ("silver", 19_900),
        ("gold", 34_900),
    ]
    assert (preview.level, preview.unit_amount, preview.total) == (None, None, None)
    assert preview.paid_through == date(2027, 3, 1)


@pytest.mark.proves("S1-11")
def test_a_preview_with_a_subscription_shows_its_level_alone():
    preview = preview_licenses(PRICES, a_paid_subscription(), 2, None, "USD", TODAY)

    assert preview.level_fixed
    assert preview.level == "gold"
    assert preview.total == 34_900


def test_a_preview_of_a_level_that_cannot_be_had_is_refused():
    with pytest.raises(LevelFixedBySubscription):
        preview_licenses(PRICES, a_paid_subscription(), 2, Level.SILVER, "USD", TODAY)


def test_an_order_without_a_level_is_refused_where_one_is_to_be_chosen():
    with pytest.raises(LevelRequired):
        licenses(a_trial(), 1, None)


def test_a_subscription_costs_the_regular_price():
    order = subscription_order(PRICES, a_trial(), context(), PlanKey.TEAMS, "USD")

    assert (order.total, order.quantity, order.level) == (49_900, 1, "teams")


def test_a_running_subscription_is_not_ordered_again():
    with pytest.raises(AlreadySubscribed):
        subscription_order(PRICES, a_paid_subscription(), context(), PlanKey.TEAMS, "USD")


@pytest.mark.parametrize(
    ("asked", "used", "currency"),
    [
        (None, None, "USD"),
        ("EUR", None, "EUR"),
        (None, "EUR", "EUR"),
        ("EUR", "EUR", "EUR"),
    ],
)
def test_a_firm_buys_in_the_currency_it_began_with(asked, used, currency):
    assert firm_currency(PRICES, asked, used) == currency


def test_a_firm_does_not_change_its_currency():
    with pytest.raises(CurrencyFixed) as refusal:
        firm_currency(PRICES, "USD", "EUR")

    assert refusal.value.details == {"currency": "EUR"}
