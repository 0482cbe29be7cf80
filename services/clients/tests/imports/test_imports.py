from uuid import uuid4

import eventlet
import pytest

from chassis.errors import BadRequest
from services.clients.tests.builders.bringing import ANN, BOB, an_import, names, verdicts
from services.clients.tests.builders.practice import a_practice, said


def test_rows_become_clients_each_announced_once(world):
    (member,) = a_practice(world, "member")

    ann, bob = an_import(member, ANN, {**BOB, "external_id": "b-2", "status": "active"})

    assert verdicts([ann, bob]) == ["created", "created"]
    assert names(member) == ["Bob", "Ann Weiss"]
    read = member.call("get_client", client_id=bob["client_id"])
    assert (read["external_id"], read["status"]) == ("b-2", "active")
    assert read["phones"] == [{"raw": "030 123456", "number": "+4930123456"}]
    assert read["assigned_member_id"] is None
    assert [event["type"] for event in said(world, ann["client_id"])] == ["client_created.v1"]


def test_the_same_batch_again_creates_nobody_and_gives_the_same_answer(world):
    (member,) = a_practice(world, "member")
    batch_id = str(uuid4())

    first = an_import(member, ANN, BOB, batch_id=batch_id)
    again = an_import(member, ANN, BOB, batch_id=batch_id)

    assert first == again
    assert names(member) == ["Bob", "Ann Weiss"]


def test_a_batch_may_come_in_pieces_that_overlap(world):
    (member,) = a_practice(world, "member")
    batch_id = str(uuid4())
    (first,) = an_import(member, ANN, batch_id=batch_id)

    again, bob = an_import(member, ANN, BOB, batch_id=batch_id)

    assert again == first
    assert bob["verdict"] == "created"


def test_a_row_that_was_refused_is_corrected_in_the_same_batch(world):
    (member,) = a_practice(world, "member")
    batch_id = str(uuid4())
    (refused,) = an_import(member, {**BOB, "phones": ["none"]}, batch_id=batch_id)

    (created,) = an_import(member, BOB, batch_id=batch_id)

    assert (refused["verdict"], list(refused["fields"])) == ("refused", ["phones.0"])
    assert created["verdict"] == "created"


def test_a_row_number_is_not_used_for_two_people(world):
    (member,) = a_practice(world, "member")
    batch_id = str(uuid4())
    (ann,) = an_import(member, ANN, batch_id=batch_id)

    (refused,) = an_import(member, {**BOB, "row": 1}, batch_id=batch_id)

    assert (refused["verdict"], refused["client_id"]) == ("refused", ann["client_id"])
    assert names(member) == ["Ann Weiss"]


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([], ["rows"]),
        ([{"row": n, "given_name": "A"} for n in range(1, 202)], ["rows"]),
        ([{"given_name": "A"}], ["rows.0.row"]),
        ([ANN, ANN], ["rows.0.row", "rows.1.row"]),
        ([{**ANN, "row": 0}], ["rows.0.row"]),
        ([{**ANN, "row": 10_000_001}], ["rows.0.row"]),
        ([{**ANN, "row": True}], ["rows.0.row"]),
        ([{**ANN, "row": "1"}], ["rows.0.row"]),
        (["Ann"], ["rows.0"]),
    ],
)
def test_rows_that_cannot_be_told_apart_or_are_too_many_are_refused_whole(world, rows, fields):
    (member,) = a_practice(world, "member")

    with pytest.raises(BadRequest) as refused:
        member.call("import_clients", rows=rows, batch_id=str(uuid4()))

    assert list(refused.value.details["fields"]) == fields
    assert names(member) == []


def test_200_rows_and_the_highest_row_number_are_taken(world):
    (member,) = a_practice(world, "member")
    rows = [{"row": 10_000_000 - n, "given_name": f"Client {n:03d}"} for n in range(200)]

    found = an_import(member, *rows)

    assert verdicts(found) == ["created"] * 200
    assert len(member.call("list_clients", limit=200)["items"]) == 200


def test_of_two_imports_of_the_same_people_at_once_each_is_created_once(world):
    first, second = a_practice(world, "member", "admin")
    rows = [{"row": n, "given_name": "A", "emails": [f"{n}@example.org"]} for n in range(1, 21)]

    threads = [
        eventlet.spawn(an_import, member, *(rows if member is first else rows[::-1]))
        for member in (first, second)
    ]
    found = [verdict for thread in threads for verdict in verdicts(thread.wait())]

    assert sorted(found) == ["created"] * 20 + ["duplicate"] * 20
    assert len(names(first)) == 20


def test_the_same_batch_sent_twice_at_once_creates_each_row_once(world):
    (member,) = a_practice(world, "member")
    rows = [{"row": n, "given_name": f"A{n}"} for n in range(1, 21)]
    batch_id = str(uuid4())

    threads = [eventlet.spawn(an_import, member, *rows, batch_id=batch_id) for _ in range(3)]
    answers = [thread.wait() for thread in threads]

    assert answers[0] == answers[1] == answers[2]
    assert len(names(member)) == 20
