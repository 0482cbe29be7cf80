import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.plans.errors import CurrencyNotOffered, PlanNotForSale
from billing.plans.plan import FEATURES_OF, Feature, Level, Plan, PlanKey
from billing.plans.price_list import PriceList
from services.billing.tests.builders.samples import PRICES


def a_list_with(price):
    plans = {**PRICES.plans, PlanKey.PRO_GOLD: Plan(PlanKey.PRO_GOLD, "Gold", {"USD": price})}
    return PriceList("USD", 30, plans)


@pytest.mark.proves("S1-14")
@pytest.mark.parametrize(
    ("level", "currency", "price"),
    [
        (Level.SILVER, "USD", 9_950),
        (Level.SILVER, "EUR", 9_451),  # half of 189.01 is 94.505
        (Level.GOLD, "USD", 17_450),
        (Level.TEAMS, "USD", 24_950),
        (Level.ENTERPRISE, "EUR", 47_450),
    ],
)
def test_a_license_costs_half_of_the_regular_price(level, currency, price):
    assert PRICES.license_price(level, currency) == price


@pytest.mark.proves("S1-14")
@given(st.integers(1, 10**9))
def test_two_licenses_cost_the_regular_price_or_one_unit_more(price):
    assert 2 * a_list_with(price).license_price(Level.GOLD, "USD") - price in (0, 1)


def test_the_trial_is_not_for_sale():
    with pytest.raises(PlanNotForSale):
        PRICES.plan_price(PlanKey.TRIAL, "USD")


def test_a_currency_without_prices_is_refused_with_those_that_have():
    with pytest.raises(CurrencyNotOffered) as refusal:
        PRICES.plan_price(PlanKey.PRO_GOLD, "JPY")

    assert refusal.value.details == {"fields": {"currency": ["Must be one of: USD, EUR."]}}


def test_the_default_currency_comes_first():
    assert PRICES.currencies == ["USD", "EUR"]


def test_plans_differ_in_organizations_and_api():
    with_organizations = {key for key, has in FEATURES_OF.items() if Feature.ORGANIZATIONS in has}
    with_api = {key for key, has in FEATURES_OF.items() if Feature.API in has}

    assert with_organizations == set(PlanKey) - {PlanKey.TRIAL}
    assert with_api == {PlanKey.TRIAL, PlanKey.ENTERPRISE}
