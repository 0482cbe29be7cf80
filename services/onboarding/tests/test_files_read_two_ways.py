"""What a file leaves open is read by a stated rule, or asked for."""

import pytest

from onboarding.sheets import SheetProblem
from services.onboarding.tests.offices import an_office_with, fates, left_out

MONTH_FIRST = ["2015-03-04", "2014-12-01", "2016-07-08"]
DAY_FIRST = ["2015-04-03", "2014-01-12", "2016-08-07"]
UNTOLD = ["mac_roman.csv", "windows_1251.csv", "windows_1250.csv", "dos.csv"]


def dates_of(office):
    return {name: record["birth_date"] for name, record in office.records().items()}


@pytest.mark.proves("F122")
@pytest.mark.parametrize(
    ("settings", "read"),
    [
        ({"country_code": "1"}, ["2015-03-04", "2014-12-01", "2016-07-08"]),
        ({"country_code": "49"}, ["2015-04-03", "2014-01-12", "2016-08-07"]),
        (
            {"country_code": "1", "date_order": "day_first"},
            ["2015-04-03", "2014-01-12", "2016-08-07"],
        ),
        ({"date_order": "month_first"}, ["2015-03-04", "2014-12-01", "2016-07-08"]),
    ],
)
def test_the_setting_and_else_the_country_say_whether_the_month_comes_first(
    world, tmp_path, settings, read
):
    office = an_office_with(world, tmp_path, "slashes.csv", **settings)

    office.take_in()

    assert [dates_of(office)[f"{name} Dates"] for name in "ABC"] == read


@pytest.mark.proves("F122")
def test_where_nothing_says_it_the_run_asks_before_it_does_anything(world, tmp_path):
    office = an_office_with(world, tmp_path, "slashes.csv")

    with pytest.raises(SheetProblem, match=r'Birthday "03/04/2015" \(line 2\) can be two days'):
        office.take_in()

    assert office.state()["orders"] == []


@pytest.mark.proves("F129")
def test_what_can_mean_one_day_only_is_read_and_the_rest_is_said_with_its_cell(world, tmp_path):
    office = an_office_with(world, tmp_path, "dates.csv")

    report = office.take_in()

    assert set(fates(report).values()) == {"created"}
    read = dates_of(office)
    assert {name[0]: born for name, born in read.items() if born} == dict.fromkeys(
        "ABCDEF", "2015-04-03"
    )
    assert left_out(report) == {
        (9, "Birthday", "3/4/15"): (
            "A year of two digits could be of either century: write all four."
        ),
        (10, "Birthday", "42097"): ("A spreadsheet's number of a day: format the column as dates."),
        (11, "Birthday", "31.02.2015"): "There is no such day.",
        (12, "Birthday", "2015-04-02T22:00:00Z"): "Not a date that can be read.",
    }


@pytest.mark.proves("F123")
@pytest.mark.parametrize(
    "file", ["mac_roman.csv", "windows_1251.csv", "windows_1250.csv", "dos.csv"]
)
def test_an_encoding_that_cannot_be_told_is_asked_for(world, tmp_path, file):
    office = an_office_with(world, tmp_path, file)

    with pytest.raises(
        SheetProblem, match=r"clients\.csv: its encoding cannot be told.*--encoding"
    ):
        office.take_in()

    assert office.state()["clients"] == []


@pytest.mark.proves("F123")
@pytest.mark.parametrize(
    ("file", "encoding", "names"),
    [
        ("mac_roman.csv", "mac_roman", ["Chloé Weiß", "Jürgen Müller"]),
        ("dos.csv", "cp850", ["Chloé Weiß", "Jürgen Müller"]),
        ("windows_1251.csv", "cp1251", ["Иван Петров", "Людмила Ким"]),
        ("windows_1250.csv", "cp1250", ["Łukasz Wąsik", "Żaneta Gęś"]),
        ("windows_1252.csv", None, ["Chloé Weiß", "Jürgen Müller"]),
        ("utf_16.csv", None, ["Chloé Weiß", "Jürgen Müller"]),
        ("utf_16.csv", "cp1252", ["Chloé Weiß", "Jürgen Müller"]),  # its mark says more
    ],
)
def test_names_are_read_in_the_encoding_that_is_said_or_plain(
    world, tmp_path, file, encoding, names
):
    said = {"encoding": encoding} if encoding else {}
    office = an_office_with(world, tmp_path, file, **said)

    office.take_in()

    assert sorted(office.records()) == names
