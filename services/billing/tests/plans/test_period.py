from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from billing.plans.period import one_year_after


def test_a_year_later_is_the_same_day_next_year():
    assert one_year_after(date(2026, 3, 1)) == date(2027, 3, 1)


def test_a_year_after_the_29th_of_february_is_the_28th():
    assert one_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_year_has_365_or_366_days(day):
    assert one_year_after(day) - day in (timedelta(days=365), timedelta(days=366))
