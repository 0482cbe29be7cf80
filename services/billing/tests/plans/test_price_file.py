import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.plans.plan import PlanKey
from billing.plans.price_file import MAX_PRICE, InvalidPriceList, read_price_list

GOOD = {
    "default_currency": "USD",
    "plans": {
        "trial": {"name": "Trial", "days": 30},
        "pro_silver": {"name": "Pro Silver", "yearly": {"USD": 19_900, "EUR": 18_900}},
        "pro_gold": {"name": "Pro Gold", "yearly": {"USD": 34_900, "EUR": 32_900}},
        "teams": {"name": "Teams", "yearly": {"USD": 49_900, "EUR": 46_900}},
        "enterprise": {"name": "Enterprise", "yearly": {"USD": 99_900, "EUR": 94_900}},
    },
}
GOLD = "plans.pro_gold"


def changed(path, value):
    data = copy.deepcopy(GOOD)
    *tables, last = path.split(".")
    found = data
    for name in tables:
        found = found[name]
    found[last] = value
    return data


def test_a_complete_list_is_read():
    prices = read_price_list(GOOD)

    assert prices.trial_days == 30
    assert prices.plan_price(PlanKey.TEAMS, "EUR") == 46_900


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("discount", 10, "'discount' is not a setting of a price list"),
        ("plans", [], "plans.trial.name is missing"),
        ("plans.pro_gold", "349", "plans.pro_gold.name is missing"),
        (
            "plans.platinum",
            {},
            "plans.platinum: there is no such plan; there are trial, pro_silver",
        ),
        ("plans.pro_gold.name", "  ", "plans.pro_gold.name is missing"),
        ("plans.pro_gold.monthly", {}, "plans.pro_gold.monthly is not a setting of this plan"),
        ("plans.trial.yearly", {"USD": 1}, "plans.trial.yearly is not a setting of this plan"),
        ("plans.trial.days", 0, "plans.trial.days must be a whole number of days, such as 30"),
        ("plans.trial.days", True, "plans.trial.days must be a whole number of days"),
        ("plans.pro_gold.yearly", {}, "plans.pro_gold.yearly must give a price per currency"),
        ("plans.pro_gold.yearly.usd", 1, "plans.pro_gold.yearly.usd: a currency is three capital"),
        (
            "plans.pro_gold.yearly.USD",
            349.0,
            "must be a whole number of cents from 1 to 1000000000",
        ),
        ("plans.pro_gold.yearly.USD", "349", "not '349'"),
        ("plans.pro_gold.yearly.USD", True, "not True"),
        ("plans.pro_gold.yearly.USD", 0, "not 0"),
        ("plans.pro_gold.yearly.USD", MAX_PRICE + 1, "not 1000000001"),
        ("plans.pro_gold.yearly.GBP", 1, "plans.pro_silver.yearly has no price in GBP"),
        ("default_currency", "GBP", "default_currency is 'GBP', in which nothing has a price"),
        ("default_currency", ["USD"], "default_currency is ['USD']"),
    ],
)
def test_what_is_wrong_with_a_list_is_said(path, value, problem):
    with pytest.raises(InvalidPriceList) as refusal:
        read_price_list(changed(path, value))

    assert problem in str(refusal.value)


def test_everything_that_is_wrong_is_said_at_once():
    data = changed("plans.pro_gold.name", "")
    data["plans"]["trial"]["days"] = -1

    with pytest.raises(InvalidPriceList) as refusal:
        read_price_list(data)

    assert len(refusal.value.problems) == 2


@pytest.mark.parametrize("price", [1, MAX_PRICE])
def test_the_lowest_and_the_highest_price_are_taken(price):
    prices = read_price_list(changed("plans.pro_gold.yearly.USD", price))

    assert prices.plan_price(PlanKey.PRO_GOLD, "USD") == price


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
places = st.sampled_from(["default_currency", "plans", GOLD, f"{GOLD}.name", f"{GOLD}.yearly"])


@given(places, json_values)
def test_whatever_stands_in_the_file_is_read_or_refused_with_a_reason(path, value):
    found = outcome(changed(path, value))

    assert found.problems if isinstance(found, InvalidPriceList) else found.currencies


def outcome(data):
    try:
        return read_price_list(data)
    except InvalidPriceList as refusal:
        return refusal
