from datetime import date

import pytest

from clients.entries.errors import InvalidEntry
from clients.entries.events import FieldChange, Section
from clients.entries.sections import SHAPES, changes, shortened, write_content

VISIT = {
    "title": "Visit",
    "starts_at": "2027-03-01T15:00",
    "ends_at": "2027-03-01T16:30",
    "time_zone": "Europe/Berlin",
}


def wrong(section, fields, onto=None):
    with pytest.raises(InvalidEntry) as refused:
        write_content(section, fields, onto)
    return set(refused.value.details["fields"])


def test_every_section_has_a_shape_with_a_title():
    assert set(SHAPES) == set(Section)
    assert all("title" in shape.needed for shape in SHAPES.values())


def test_what_a_section_needs_is_named_at_once_and_so_is_what_it_has_not():
    assert wrong(Section.EXPENSES, {"starts_at": "2027-03-01T15:00"}) >= {
        "content.title",
        "content.amount",
        "content.currency",
        "content.starts_at",
    }


def test_a_field_that_is_absent_stays_and_null_takes_it_out():
    before = write_content(Section.CALENDAR, {**VISIT, "location": "Court"})

    after = write_content(Section.CALENDAR, {"title": "Hearing", "location": None}, before)

    assert after == {**VISIT, "title": "Hearing"}
    assert wrong(Section.CALENDAR, {"title": None}, before) == {"content.title"}
    assert wrong(Section.CALENDAR, {"title": ""}, before) == {"content.title"}


def test_an_end_may_be_the_start_but_not_before_it():
    write_content(Section.CALENDAR, {**VISIT, "ends_at": VISIT["starts_at"]})
    assert wrong(Section.CALENDAR, {**VISIT, "ends_at": "2027-03-01T14:59"}) == {"content.ends_at"}


def test_a_visit_across_the_change_of_the_clocks_keeps_its_wall_clock():
    night = {"starts_at": "2027-03-28T01:30", "ends_at": "2027-03-28T03:10"}

    content = write_content(Section.CALENDAR, {**VISIT, **night})

    assert (content["starts_at"], content["ends_at"]) == tuple(night.values())


@pytest.mark.parametrize("zone", ["Berlin", "Europe", "../etc/passwd", "/etc/localtime", "UTC\0"])
def test_a_zone_that_is_none_is_refused(zone):
    assert "content.time_zone" in wrong(Section.CALENDAR, {**VISIT, "time_zone": zone})


@pytest.mark.parametrize("time", ["2027-02-30T10:00", "2027-03-01T24:30", "0000-01-01T00:00"])
def test_a_time_that_is_none_is_refused(time):
    assert "content.starts_at" in wrong(Section.CALENDAR, {**VISIT, "starts_at": time})


def test_an_activity_needs_no_time_but_a_zone_with_one():
    assert write_content(Section.ACTIVITIES, {"title": "Football"}) == {"title": "Football"}
    assert wrong(Section.ACTIVITIES, {"title": "Football", "starts_at": "2027-03-01T15:00"}) == {
        "content.time_zone"
    }


def test_a_schedule_does_not_end_before_it_starts():
    schedule = {"title": "Weeks", "text": "Odd weeks.", "starts_on": date(2027, 3, 1)}

    write_content(Section.CUSTODY_SCHEDULE, {**schedule, "ends_on": date(2027, 3, 1)})
    named = wrong(Section.CUSTODY_SCHEDULE, {**schedule, "ends_on": date(2027, 2, 28)})

    assert named == {"content.ends_on"}


def test_changes_are_told_field_by_field_as_text():
    old = {"title": "Shoes", "amount": 4_000, "currency": "EUR", "text": "Red"}
    new = {"title": "Shoes", "amount": 4_500, "currency": "EUR", "child_name": "Mia"}

    assert changes(old, new, Section.EXPENSES) == [
        FieldChange("amount", "4000", "4500"),
        FieldChange("child_name", None, "Mia"),
        FieldChange("text", "Red", None),
    ]


def test_values_in_events_have_at_most_two_hundred_characters():
    fits, cut = shortened(FieldChange("text", "a" * 200, "a" * 201)), "a" * 199 + "…"

    assert (fits.old, fits.new) == ("a" * 200, cut)
