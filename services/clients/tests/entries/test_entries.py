from datetime import datetime, timedelta

import pytest

from chassis.errors import BadRequest, Conflict
from services.clients.tests.builders.linking import (
    Parent,
    a_record,
    change,
    connect,
    refused,
    titles,
    write,
)
from services.clients.tests.builders.practice import a_practice, said

EXAMPLES = {
    "calendar": {
        "title": "Hearing",
        "starts_at": "2027-03-01T15:00",
        "ends_at": "2027-03-01T16:00",
        "time_zone": "Europe/Berlin",
        "location": "Court",
    },
    "activities": {"title": "Football", "child_name": "Mia"},
    "messages": {"title": "Tomorrow", "text": "I shall be late."},
    "expenses": {"title": "Shoes", "amount": 4_000, "currency": "EUR", "day": "2027-03-01"},
    "child_info": {"title": "Allergy", "child_name": "Mia", "text": "Nuts."},
    "parenting_plan": {"title": "Holidays", "text": "Half each.", "day": "2027-03-01"},
    "custody_schedule": {"title": "Weeks", "text": "Odd weeks.", "starts_on": "2027-03-01"},
    "journal": {"title": "A day", "text": "It went well.", "day": "2027-03-01"},
}


@pytest.fixture
def linked(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    return member, client_id, parent, connect(member, client_id, parent)


@pytest.mark.proves("S1-01")
@pytest.mark.parametrize("section", EXAMPLES)
def test_each_side_writes_in_every_section_and_the_other_reads_it(linked, section):
    member, client_id, parent, _ = linked
    for writer, reader in ((member, parent), (parent, member)):
        entry = write(writer, client_id, section, **EXAMPLES[section])

        read = reader.call("get_entry", entry_id=entry["entry_id"])

        assert read == entry
        assert read["content"] == EXAMPLES[section]
    assert len(titles(parent, client_id, section=section)) == 2


@pytest.mark.proves("Q17")
def test_an_appointment_keeps_its_wall_clock_and_what_happened_is_an_instant_in_utc(linked):
    member, client_id, parent, _ = linked
    winter = write(member, client_id, "calendar", **EXAMPLES["calendar"])
    day_of_change = {"starts_at": "2027-03-28T01:30", "ends_at": "2027-03-28T15:00"}

    summer = change(parent, winter, **day_of_change)

    read = member.call("get_entry", entry_id=winter["entry_id"])
    kept = {name: read["content"][name] for name in ("starts_at", "ends_at", "time_zone")}
    assert kept == {**day_of_change, "time_zone": "Europe/Berlin"}
    for instant in (winter["changed_at"], summer["changed_at"], read["changed_at"]):
        assert datetime.fromisoformat(instant).utcoffset() == timedelta(0)


@pytest.mark.proves("F144")
@pytest.mark.parametrize("section", ["calendar", "activities"])
def test_a_time_that_the_clocks_leave_out_is_refused_and_one_that_comes_twice_is_told(
    linked, section
):
    member, client_id, _, _ = linked
    night = {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T03:30"}
    second = {"starts_at": "2027-11-07T01:45", "ends_at": "2027-11-07T01:15-05:00"}

    with pytest.raises(BadRequest) as left_out:
        write(member, client_id, section, **{**EXAMPLES["calendar"], **night})
    kept = write(
        member, client_id, section, title="Handover", time_zone="America/New_York", **second
    )

    assert left_out.value.code == "invalid_entry"
    assert set(left_out.value.details["fields"]) == {"content.starts_at"}
    assert kept["content"]["ends_at"] == "2027-11-07T01:15-05:00"


@pytest.mark.parametrize("section", ["calendar", "activities", "messages", "expenses"])
def test_what_the_client_writes_is_said_with_the_side_and_the_member_who_has_them(linked, section):
    member, client_id, parent, _ = linked
    entry = write(parent, client_id, section, **EXAMPLES[section])

    (event,) = said(member.world, client_id, "shared_entry_changed.v1")

    assert event["side"] == "client"
    assert (event["section"], event["action"]) == (section, "created")
    assert event["assigned_member_id"] == member.member_id
    assert (event["entry_id"], event["title"]) == (entry["entry_id"], EXAMPLES[section]["title"])
    assert (event["changed_by_account_id"], event["changed_by_name"]) == (
        parent.account_id,
        parent.name,
    )
    assert {row["field"]: row["new"] for row in event["changes"]} == {
        name: str(value) for name, value in EXAMPLES[section].items()
    }


def test_what_the_firm_writes_is_said_with_its_side(linked):
    member, client_id, _, _ = linked
    write(member, client_id)

    (event,) = said(member.world, client_id, "shared_entry_changed.v1")

    assert (event["side"], event["changed_by_account_id"]) == ("firm", member.account_id)


def test_every_version_is_kept_with_who_changed_what(linked):
    member, client_id, parent, _ = linked
    first = write(parent, client_id, "expenses", **EXAMPLES["expenses"])
    second = change(member, first, amount=4_500, day=None)
    deleted = parent.call(
        "delete_entry", client_id=client_id, entry_id=first["entry_id"], version=second["version"]
    )

    found = member.call("list_entry_versions", entry_id=first["entry_id"])
    kept = found["items"]

    assert found["entry"] == deleted
    assert kept == parent.call("list_entry_versions", entry_id=first["entry_id"])["items"]
    assert [(v["version"], v["action"], v["side"], v["changed_by_name"]) for v in kept] == [
        (3, "deleted", "client", parent.name),
        (2, "changed", "firm", member.name),
        (1, "created", "client", parent.name),
    ]
    assert kept[1]["changes"] == [
        {"field": "amount", "old": "4000", "new": "4500"},
        {"field": "day", "old": "2027-03-01", "new": None},
    ]
    assert kept[2]["content"] == EXAMPLES["expenses"]
    assert deleted["deleted"] is True
    actions = [row["action"] for row in said(member.world, client_id, "shared_entry_changed.v1")]
    assert actions == ["created", "changed", "deleted"]


def test_writing_the_same_again_is_no_version_and_says_nothing(linked):
    member, client_id, parent, _ = linked
    entry = write(parent, client_id)

    assert change(member, entry, title=entry["content"]["title"]) == entry
    assert len(said(member.world, client_id, "shared_entry_changed.v1")) == 1


def test_who_read_an_older_version_changes_nothing(linked):
    member, client_id, parent, _ = linked
    entry = write(parent, client_id)
    change(member, entry, title="Another day")

    with pytest.raises(Conflict) as late:
        change(parent, entry, title="My day")
    with pytest.raises(BadRequest) as unread:
        change(parent, {**entry, "version": None}, title="My day")

    assert (late.value.code, late.value.details) == ("entry_changed_meanwhile", {"version": 2})
    assert list(unread.value.details["fields"]) == ["version"]


def test_a_deleted_entry_leaves_the_lists_and_stays_as_it_was(linked):
    member, client_id, parent, _ = linked
    entry = write(parent, client_id)
    gone = {"client_id": client_id, "entry_id": entry["entry_id"]}
    member.call("delete_entry", **gone, version=1)

    assert titles(parent, client_id) == titles(member, client_id) == []
    assert refused(Conflict, parent, "delete_entry", **gone, version=2) == "entry_was_deleted"
    with pytest.raises(Conflict):
        change(parent, {**entry, "version": 2}, title="Back")
    assert parent.call("get_entry", entry_id=entry["entry_id"])["deleted"] is True


def test_lists_are_paged_newest_first_and_narrow_to_a_section(linked):
    member, client_id, parent, _ = linked
    for number in range(5):
        write(parent, client_id, title=f"Day {number}")
    write(member, client_id, "messages", title="Hello", text="There")

    first = parent.call("list_entries", client_id=client_id, section="journal", limit=3)
    second = parent.call(
        "list_entries", client_id=client_id, section="journal", cursor=first["next_cursor"]
    )

    shown = [row["content"]["title"] for row in first["items"] + second["items"]]
    assert shown == ["Day 4", "Day 3", "Day 2", "Day 1", "Day 0"]
    assert titles(member, client_id) == ["Hello", *shown]
    with pytest.raises(BadRequest):
        parent.call("list_entries", client_id=client_id, cursor="x")


def test_versions_are_paged_newest_first(linked):
    member, client_id, _, _ = linked
    entry = write(member, client_id)
    for number in range(4):
        entry = change(member, entry, title=f"Day {number}")

    of = {"entry_id": entry["entry_id"], "limit": 3}
    first = member.call("list_entry_versions", **of)
    second = member.call("list_entry_versions", **of, cursor=first["next_cursor"])

    assert [row["version"] for row in first["items"] + second["items"]] == [5, 4, 3, 2, 1]


def test_an_entry_stays_in_its_section(linked):
    member, client_id, _, _ = linked
    entry = write(member, client_id)

    with pytest.raises(BadRequest) as error:
        change(member, {**entry, "section": "messages"}, title="Moved")

    assert error.value.code == "invalid_entry"
    assert list(error.value.details["fields"]) == ["section"]


def test_what_does_not_fit_is_named_field_by_field(linked):
    _, client_id, parent, _ = linked

    with pytest.raises(BadRequest) as error:
        write(parent, client_id, "expenses", title="Shoes", amount=4_000, location="Here")

    assert set(error.value.details["fields"]) == {"content.currency", "content.location"}


def test_long_values_are_cut_in_the_event_and_kept_whole_in_the_version(linked):
    member, client_id, parent, _ = linked
    entry = write(parent, client_id, "messages", title="Long", text="a" * 4_000)

    (event,) = said(member.world, client_id, "shared_entry_changed.v1")
    (kept,) = member.call("list_entry_versions", entry_id=entry["entry_id"])["items"]

    assert max(len(row["new"]) for row in event["changes"]) == 200
    assert kept["content"]["text"] == "a" * 4_000
