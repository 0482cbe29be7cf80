"""Birth dates: what can mean one day only is read, and the order of the rest is stated."""

from datetime import date

import pytest

from onboarding.dates import DAY_FIRST, MONTH_FIRST, NoDate, Reading, read_date, reading

APRIL = date(2015, 4, 3)


def order_of(*cells, setting=None, country_code=None):
    return reading(enumerate(cells, 2), setting, country_code)


@pytest.mark.proves("F122")
@pytest.mark.parametrize(
    ("column", "said", "order"),
    [
        (["03/04/2015"], {"country_code": "1"}, MONTH_FIRST),
        (["03/04/2015"], {"country_code": "49"}, DAY_FIRST),
        (["03/04/2015"], {}, None),
        (["03/04/2015", "04/13/2015"], {"country_code": "49"}, MONTH_FIRST),
        (["03-04-2015", "13-04-2015"], {"country_code": "1"}, DAY_FIRST),
        (["03/04/2015", "13/04/2015"], {"setting": MONTH_FIRST}, MONTH_FIRST),
        (["04/13/2015", "13/04/2015"], {"country_code": "1"}, None),
        (["04/13/2015", "13/04/2015"], {"setting": DAY_FIRST}, DAY_FIRST),
    ],
)
def test_the_order_is_that_of_the_setting_the_column_or_the_country(column, said, order):
    assert order_of(*column, **said).order == order


@pytest.mark.proves("F122")
def test_how_dates_are_read_is_told_with_why_and_a_date_that_shows_it():
    shown = order_of("3.4.2015", "4/4/2015", "03/04/2015", "13/04/2015", country_code="1")

    assert shown == Reading(DAY_FIRST, "as line 5 shows: 13/04/2015", (4, "03/04/2015"))
    assert order_of("03/04/2015", country_code="1").why == "as is usual where country_code is 1"
    assert order_of("03/04/2015", setting=DAY_FIRST).why == "as date_order says"


def test_a_column_in_which_each_date_is_one_day_needs_no_order():
    assert order_of("3.4.2015", "4/4/2015", "2015-04-03", "13/04/2015").example is None


@pytest.mark.proves("F129")
@pytest.mark.parametrize(
    "cell",
    [
        "2015-04-03",
        "2015-4-3",
        "2015/04/03",
        "2015.04.03",
        "20150403",
        "3.4.2015",
        "03.04.2015 00:00:00",
        "2015-04-03T00:00:00",
        "2015-04-03T00:00:00.000Z",
        "2015-04-03 12:00",
        "03 Apr 2015",
        "3-Apr-2015",
        "3. April 2015",
        "April 3, 2015",
        "April 3rd 2015",
        "3 avril 2015",
        "3 kwietnia 2015",
        " 3.\u00a0April 2015 ",
    ],
)
@pytest.mark.parametrize("order", [None, DAY_FIRST, MONTH_FIRST])
def test_what_can_mean_one_day_only_is_read_in_any_order(cell, order):
    assert read_date(cell, order) == APRIL


@pytest.mark.parametrize(
    ("cell", "day"),
    [("3. März 2015", 3), ("1er février 2015", 1), ("3 Dez. 2015", 3), ("3 août 2015", 3)],
)
def test_months_are_known_by_their_names(cell, day):
    assert read_date(cell, None).day == day


@pytest.mark.parametrize(
    ("cell", "order", "read"),
    [
        ("03/04/2015", DAY_FIRST, date(2015, 4, 3)),
        ("03/04/2015", MONTH_FIRST, date(2015, 3, 4)),
        ("3/4/2015 0:00", MONTH_FIRST, date(2015, 3, 4)),
        ("3/4/2015 12:00:00 AM", DAY_FIRST, date(2015, 4, 3)),
        ("13/04/2015", None, date(2015, 4, 13)),
        ("4/4/2015", None, date(2015, 4, 4)),
        ("29.02.2016", None, date(2016, 2, 29)),
    ],
)
def test_numbers_are_read_in_the_order_that_is_stated(cell, order, read):
    assert read_date(cell, order) == read


@pytest.mark.parametrize(
    "cell",
    ["", "0/0/00", "00.00.0000", "0.0.00", "0.0.0000", "0000-00-00", "--10-16", "1/1/4501"],
)
def test_no_date_or_one_without_a_year_is_none(cell):
    assert read_date(cell, None) is None


@pytest.mark.proves("F129")
@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("29.02.2015", "no such day"),
        ("2015-13-01", "no such day"),
        ("31.02.2015", "no such day"),
        ("13/04/2015", "no such day"),
        ("May 2015", "Not a date"),
        ("May", "Not a date"),
        ("1/2/15", "two digits"),
        ("3 Apr 15", "two digits"),
        ("42097", "spreadsheet"),
        ("2015-04-02T22:00:00Z", "Not a date"),
        ("yesterday", "Not a date"),
    ],
)
def test_what_is_no_day_or_more_than_one_is_refused_with_the_reason(cell, says):
    with pytest.raises(NoDate, match=says):
        read_date(cell, MONTH_FIRST)


def test_an_order_is_never_made_up():
    with pytest.raises(NoDate, match="two days"):
        read_date("03/04/2015", None)
