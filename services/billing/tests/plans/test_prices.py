"""The price list is read once, from one file, and a wrong one keeps billing from starting."""

import pytest

from billing.plans.before import load_prices
from billing.plans.plan import Level, PlanKey
from chassis.config import ConfigurationError

GOOD = """
default_currency = "CHF"
[plans.trial]
name = "Trial"
days = 14
"""


def test_the_list_that_comes_with_billing_can_be_used():
    prices = load_prices()

    assert prices.trial_days == 30
    assert prices.currencies == ["USD", "EUR", "GBP"]
    assert prices.license_price(Level.SILVER, "USD") == 9_950


def test_another_list_takes_its_place(tmp_path):
    plans = "".join(
        f'[plans.{key}]\nname = "{key}"\nyearly = {{ CHF = 101 }}\n'
        for key in PlanKey
        if key is not PlanKey.TRIAL
    )
    (tmp_path / "prices.toml").write_text(GOOD + plans)

    prices = load_prices(str(tmp_path / "prices.toml"))

    assert prices.license_price(Level.TEAMS, "CHF") == 51
    assert prices.trial_days == 14


def test_a_list_with_mistakes_is_refused_with_its_name_and_all_of_them(tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text(GOOD)

    with pytest.raises(ConfigurationError) as refusal:
        load_prices(str(path))

    assert str(path) in str(refusal.value)
    assert "plans.pro_gold.yearly must give a price per currency" in str(refusal.value)
    assert "default_currency is 'CHF', in which nothing has a price" in str(refusal.value)


@pytest.mark.parametrize("content", [b"plans = [", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "prices.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError, match=r"prices\.toml cannot be used"):
        load_prices(str(path))
