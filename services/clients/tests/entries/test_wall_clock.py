from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clients.entries.errors import InvalidEntry
from clients.entries.events import Section
from clients.entries.sections import write_content
from clients.entries.wall_clock import NoSuchTime, find_zone, read

# A zone, the last time before what its clocks leave out, what is left out, and how they go on.
GAPS = [
    ("Europe/Berlin", "2027-03-28T01:59", "2027-03-28T02:00", "2027-03-28T02:59", "03:00"),
    ("America/Santiago", "2027-09-04T23:59", "2027-09-05T00:00", "2027-09-05T00:59", "01:00"),
    ("Australia/Lord_Howe", "2027-10-03T01:59", "2027-10-03T02:00", "2027-10-03T02:29", "02:30"),
    ("Pacific/Apia", "2011-12-29T23:59", "2011-12-30T00:00", "2011-12-30T23:59", "31T00:00"),
]


@pytest.mark.proves("F144")
@pytest.mark.parametrize(("zone", "before", "first", "last", "after"), GAPS)
def test_a_time_that_the_clocks_leave_out_is_refused_with_what_is_and_the_next(
    zone, before, first, last, after
):
    here, after = ZoneInfo(zone), last[: -len(after)] + after

    assert [read(time, here).text for time in (before, after)] == [before, after]
    for left_out in (first, last):
        with pytest.raises(NoSuchTime) as refused:
            read(left_out, here)
        assert str(refused.value) == (
            f"There is no such time in {zone}: the clocks go forward and leave out"
            f" {first} to {after}. The next time is {after}."
        )


@pytest.mark.proves("F144")
@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2027-11-07T00:59", "04:59"),
        ("2027-11-07T01:15", "05:15"),
        ("2027-11-07T01:15-04:00", "05:15"),
        ("2027-11-07T01:15-05:00", "06:15"),
        ("2027-11-07T02:00", "07:00"),
    ],
)
def test_a_time_that_comes_twice_is_the_first_or_what_its_offset_says(written, instant):
    time = read(written, ZoneInfo("America/New_York"))

    assert time.instant == datetime.fromisoformat(f"2027-11-07T{instant}").replace(tzinfo=UTC)
    assert time.text == written


@pytest.mark.parametrize("written", ["2027-11-07T02:00-04:00", "2027-11-07T01:15+01:00"])
def test_an_offset_that_the_zone_has_not_then_is_refused(written):
    with pytest.raises(NoSuchTime, match="has another offset then: 2027-11-07T0"):
        read(written, ZoneInfo("America/New_York"))


def test_an_offset_that_is_not_needed_is_not_kept():
    assert read("2027-03-01T15:30+01:00", ZoneInfo("Europe/Berlin")).text == "2027-03-01T15:30"


@pytest.mark.parametrize(("year", "ok"), [("0001", False), ("0002", True), ("9999", False)])
def test_the_ends_of_the_calendar_are_no_fault(year, ok):
    zone = ZoneInfo("Asia/Tokyo" if year == "0001" else "America/New_York")
    text = f"{year}-01-01T00:00" if year != "9999" else "9999-12-31T23:59"
    if ok:
        assert read(text, zone).text == text
    else:
        with pytest.raises(NoSuchTime):
            read(text, zone)


def test_no_zone_is_found_by_a_name_that_is_none():
    assert find_zone("Europe/Berlin") == ZoneInfo("Europe/Berlin")
    assert find_zone("Europe/Atlantis") is None


def an_hour(starts_at, ends_at, zone, onto=None):
    content = {"title": "Handover", "starts_at": starts_at, "ends_at": ends_at, "time_zone": zone}
    return write_content(Section.CALENDAR, content, onto)


@pytest.mark.proves("F144")
def test_an_entry_at_a_time_that_is_not_names_each_field():
    with pytest.raises(InvalidEntry) as refused:
        an_hour("2027-03-28T02:30", "2027-03-28T02:45", "Europe/Berlin")

    fields = refused.value.details["fields"]
    assert set(fields) == {"content.starts_at", "content.ends_at"}
    assert "The next time is 2027-03-28T03:00." in fields["content.starts_at"][0]


@pytest.mark.proves("F144")
def test_an_end_before_its_start_in_the_hour_that_comes_twice_is_asked_which_one():
    new_york = "America/New_York"

    with pytest.raises(InvalidEntry) as refused:
        an_hour("2027-11-07T01:45", "2027-11-07T01:15", new_york)
    content = an_hour("2027-11-07T01:45", "2027-11-07T01:15-05:00", new_york)

    assert "comes twice" in refused.value.details["fields"]["content.ends_at"][0]
    assert content["ends_at"] == "2027-11-07T01:15-05:00"
    with pytest.raises(InvalidEntry):
        an_hour("2027-11-07T01:45-05:00", "2027-11-07T01:15-05:00", new_york)
    with pytest.raises(InvalidEntry):
        an_hour("2027-11-07T01:15-05:00", "2027-11-07T01:45-04:00", new_york)


def test_an_entry_from_before_this_was_checked_can_still_be_changed():
    old = {
        "title": "Handover", "starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T03:30",
        "time_zone": "Europe/Berlin",
    }  # fmt: skip

    assert write_content(Section.CALENDAR, {"location": "School"}, old)["location"] == "School"
    with pytest.raises(InvalidEntry):
        write_content(Section.CALENDAR, {"ends_at": "2027-03-28T04:00"}, old)
