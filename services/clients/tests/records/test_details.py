from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.records.details import Details, Reading, read_details
from clients.records.errors import InvalidClient
from clients.records.phones import read_phone

TODAY = date(2026, 3, 1)
GERMANY = Reading("49", TODAY, read_phone)


def read(onto=None, **fields):
    return read_details(fields, GERMANY, onto)


@pytest.mark.parametrize("name", ["given_name", "family_name", "display_name"])
def test_one_name_of_any_kind_is_enough(name):
    assert read(**{name: "Ann"}).name == "Ann"


def test_the_display_name_is_shown_before_the_others():
    assert read(given_name="Ann", family_name="Weiss").name == "Ann Weiss"
    assert read(given_name="Ann", display_name="Annie").name == "Annie"


def test_everything_wrong_is_said_at_once_and_per_field():
    with pytest.raises(InvalidClient) as refused:
        read(phones=["030 123456", "none"], birth_date=date(2026, 3, 2))

    assert set(refused.value.details["fields"]) == {"given_name", "phones.1", "birth_date"}


def test_somebody_may_be_born_today_but_not_tomorrow():
    assert read(given_name="Ann", birth_date=TODAY).birth_date == TODAY
    with pytest.raises(InvalidClient):
        read(given_name="Ann", birth_date=date(2026, 3, 2))


def test_nobody_was_born_before_1880():
    assert read(given_name="Ann", birth_date=date(1880, 1, 1)).birth_date.year == 1880
    with pytest.raises(InvalidClient):
        read(given_name="Ann", birth_date=date(1879, 12, 31))


def test_a_field_that_is_absent_stays_and_an_empty_one_is_cleared():
    before = read(given_name="Ann", family_name="Weiss", number="7", phones=["030 123456"])

    after = read(before, given_name="Anna", number=None)

    assert (after.given_name, after.family_name, after.number) == ("Anna", "Weiss", None)
    assert after.phones == before.phones


def test_the_last_name_cannot_be_cleared():
    with pytest.raises(InvalidClient):
        read(read(given_name="Ann"), given_name="")


def test_the_same_address_or_number_is_kept_once_as_first_typed():
    details = read(
        given_name="Ann",
        emails=["Ann@example.org", "b@example.org", "ann@EXAMPLE.org"],
        phones=["030/123456", "+49 30 123456"],
        tags=["vip", "vip"],
    )

    assert details.emails == ("Ann@example.org", "b@example.org")
    assert [phone.raw for phone in details.phones] == ["030/123456"]
    assert details.tags == ("vip",)


names = st.text(min_size=1, max_size=20)


@given(st.fixed_dictionaries({"given_name": names}, optional={"family_name": names}))
def test_writing_the_same_twice_changes_nothing(fields):
    once = read_details(fields, GERMANY, Details())

    assert read_details(fields, GERMANY, once) == once
