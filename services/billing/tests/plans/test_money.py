from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.plans.money import percent, share, written

amounts = st.integers(0, 10**12)


@given(amounts, st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_the_exact_one_rounded_half_up(amount, numerator, denominator):
    numerator = min(numerator, denominator)
    exact = Fraction(amount * numerator, denominator)

    rounded = share(amount, numerator, denominator)

    assert isinstance(rounded, int)
    assert -Fraction(1, 2) < rounded - exact <= Fraction(1, 2)


@given(amounts, st.integers(0, 100))
def test_a_share_and_its_rest_differ_from_the_whole_by_at_most_one_unit(amount, rate):
    assert 0 <= percent(amount, rate) + percent(amount, 100 - rate) - amount <= 1


@given(amounts, amounts, st.integers(0, 100))
def test_a_higher_price_never_has_a_lower_share(one, other, rate):
    low, high = sorted((one, other))

    assert percent(low, rate) <= percent(high, rate)


@pytest.mark.parametrize(
    ("amount", "half"), [(0, 0), (1, 1), (2, 1), (2_499, 1_250), (2_500, 1_250)]
)
def test_half_of_an_odd_amount_is_rounded_up(amount, half):
    assert percent(amount, 50) == half


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 2), (3, 2), (1, 0), (1, -2)])
def test_a_share_outside_nothing_and_everything_is_refused(numerator, denominator):
    with pytest.raises(ValueError):
        share(100, numerator, denominator)


def test_a_negative_amount_has_no_share():
    with pytest.raises(ValueError):
        share(-1, 1, 2)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "USD", "0.00 USD"),
        (127_505, "EUR", "1,275.05 EUR"),
        (1_200, "JPY", "1,200 JPY"),
        (1_234, "KWD", "1.234 KWD"),
    ],
)
def test_amounts_are_written_in_units_of_their_currency(minor, currency, text):
    assert written(minor, currency) == text
