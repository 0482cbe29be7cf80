"""Birth dates are read in the order that the whole column speaks for."""

import pytest

from onboarding.dates import month_first, read_date


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (["03/04/2015"], False),
        (["03/04/2015", "04/13/2015"], True),
        (["03/04/2015", "13/04/2015"], False),
        (["04/13/2015", "13/04/2015"], False),
        (["12/12/2015", "", "2015-01-31"], False),
        ([], False),
    ],
)
def test_the_month_comes_first_only_where_it_must(column, first):
    assert month_first(column) is first


@pytest.mark.parametrize(
    ("cell", "us", "read"),
    [
        ("2015-4-3", False, "2015-04-03"),
        ("3.4.2015", False, "2015-04-03"),
        ("03/04/2015", False, "2015-04-03"),
        ("03/04/2015", True, "2015-03-04"),
        ("3.4.2015", True, "2015-04-03"),
        (" 29.02.2016 ", False, "2016-02-29"),
    ],
)
def test_dates_are_read(cell, us, read):
    assert read_date(cell, us) == read


@pytest.mark.parametrize("cell", ["", "0/0/00", "00.00.0000", "--10-16"])
def test_no_date_or_one_without_a_year_is_none(cell):
    assert read_date(cell, False) is None


@pytest.mark.parametrize("cell", ["29.02.2015", "2015-13-01", "May 2015", "1/2/15"])
def test_what_is_no_date_is_left_for_the_service_to_refuse(cell):
    assert read_date(cell, False) == cell
