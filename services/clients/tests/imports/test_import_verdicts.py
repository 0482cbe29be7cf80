from uuid import uuid4

import pytest

from services.clients.tests.builders.bringing import ANN, BOB, a_preview, an_import, names, verdicts
from services.clients.tests.builders.practice import a_practice


def test_who_is_there_already_is_recognised(world):
    (member,) = a_practice(world, "member")
    born = {"birth_date": "1980-05-05"}
    there, other = an_import(member, {**ANN, **born, "external_id": "a-1"}, BOB)
    rows = [
        {"row": 1, "given_name": "ann", "family_name": "Weiß", "emails": ["ANN@example.org"]},
        {"row": 2, "given_name": "Bob", "phones": ["+49 (0)30 123456"]},
        {"row": 3, "given_name": "X", "external_id": "a-1"},
        {"row": 4, "given_name": "ánn", "family_name": "WEISS", **born},
        {"row": 5, "given_name": "Ann", "family_name": "Weiss", "birth_date": "1980-05-06"},
    ]

    found = an_import(member, *rows)

    assert verdicts(found) == ["duplicate"] * 3 + ["possible_duplicate", "created"]
    assert [row["client_id"] for row in found[:4]] == [
        there["client_id"],
        other["client_id"],
        there["client_id"],
        there["client_id"],
    ]
    assert [row["matched_by"] for row in found[:4]] == [
        ["email"],
        ["phone"],
        ["external_id"],
        ["name_and_birth_date"],
    ]
    assert [row["duplicate_of_name"] for row in found[:3]] == ["Ann Weiss", "Bob", "Ann Weiss"]


def test_two_rows_of_one_person_become_one_client(world):
    (member,) = a_practice(world, "member")

    first, second = an_import(member, ANN, {**ANN, "row": 9})

    assert (second["verdict"], second["duplicate_of_row"]) == ("duplicate", 1)
    assert second["client_id"] == first["client_id"]
    assert names(member) == ["Ann Weiss"]


@pytest.mark.proves("F121")
def test_siblings_at_one_address_are_each_created_once(world):
    (member,) = a_practice(world, "member")
    shared = {
        "family_name": "Hoffmann",
        "emails": ["parents@mail.example"],
        "phones": ["030 12345"],
    }
    rows = [
        {"row": 1, "given_name": "Lena", "birth_date": "2014-05-02", **shared},
        {"row": 2, "given_name": "Paul", "birth_date": "2016-09-14", **shared},
        {"row": 3, "given_name": "Mia", **shared},
    ]

    first, second = an_import(member, *rows), an_import(member, *rows)

    assert (verdicts(first), verdicts(second)) == (["created"] * 3, ["duplicate"] * 3)
    assert [row["client_id"] for row in second] == [row["client_id"] for row in first]
    assert names(member) == ["Lena Hoffmann", "Mia Hoffmann", "Paul Hoffmann"]


@pytest.mark.proves("F121")
def test_where_it_cannot_be_told_it_is_left_to_a_person(world):
    (member,) = a_practice(world, "member")
    an_import(member, ANN)
    married = {**ANN, "family_name": "Stone"}

    (open_,) = an_import(member, married)
    (created,) = an_import(member, {**married, "create_anyway": True})

    assert (open_["verdict"], open_["matched_by"]) == ("possible_duplicate", ["email"])
    assert open_["duplicate_of_name"] == "Ann Weiss"
    assert created["verdict"] == "created"


def test_each_refused_row_says_why_and_the_others_go_in(world):
    (member,) = a_practice(world, "member")
    rows = [
        {"row": 1},
        {"row": 2, "given_name": "A", "emails": ["x"], "colour": "red"},
        {"row": 3, "given_name": "A", "birth_date": "yesterday"},
        {"row": 4, "given_name": "A", "status": "closed"},
        {"row": 5, "given_name": "A", "assigned_to": "nobody@example.org"},
        {"row": 6, "given_name": "A", "external_id": "x" * 101},
        BOB | {"row": 7},
    ]

    found = an_import(member, *rows)

    assert verdicts(found) == ["refused"] * 6 + ["created"]
    assert [sorted(row["fields"]) for row in found[:6]] == [
        ["given_name"],
        ["colour", "emails.0"],
        ["birth_date"],
        ["status"],
        ["assigned_to"],
        ["external_id"],
    ]
    assert names(member) == ["Bob"]


def test_a_preview_says_what_the_import_then_does_and_writes_nothing(world):
    (member,) = a_practice(world, "member")
    an_import(member, ANN)
    rows = [ANN, BOB, {**BOB, "row": 3}, {"row": 4}, {"row": 5, "given_name": "Cleo"}]

    preview = a_preview(member, *rows)
    assert names(member) == ["Ann Weiss"]
    imported = an_import(member, *rows)

    assert verdicts(preview) == ["duplicate", "created", "duplicate", "refused", "created"]
    same = ("row", "verdict", "duplicate_of_row", "duplicate_of_name", "matched_by", "fields")
    for before, after in zip(preview, imported, strict=True):
        assert {name: before[name] for name in same} == {name: after[name] for name in same}
    assert preview[1]["client_id"] is None


def test_rows_are_assigned_to_the_importer_or_to_whom_an_admin_names(world):
    admin, member, payer = a_practice(world, "admin", "member", "billing_only")
    rows = [
        {"row": 1, "given_name": "A"},
        {"row": 2, "given_name": "B", "assigned_to": member.email.upper()},
        {"row": 3, "given_name": "C", "assigned_to": payer.email},
    ]

    mine, named, refused = an_import(admin, *rows, assign_to_me=True)

    def assigned(row):
        return admin.call("get_client", client_id=row["client_id"])["assigned_member_id"]

    assert (assigned(mine), assigned(named)) == (admin.member_id, member.member_id)
    assert (refused["verdict"], list(refused["fields"])) == ("refused", ["assigned_to"])


def test_a_member_assigns_rows_to_themself_only(world):
    admin, member = a_practice(world, "admin", "member")

    other, own = an_import(
        member,
        {"row": 1, "given_name": "A", "assigned_to": admin.email},
        {"row": 2, "given_name": "B", "assigned_to": member.email},
    )

    assert verdicts([other, own]) == ["refused", "created"]


def test_an_import_knows_nothing_of_other_firms(world):
    (member,), (stranger,) = a_practice(world, "member"), a_practice(world, "member")
    batch_id = str(uuid4())
    an_import(member, {**ANN, "external_id": "1"}, batch_id=batch_id)

    (found,) = an_import(stranger, {**ANN, "external_id": "1"}, batch_id=batch_id)

    assert found["verdict"] == "created"


def test_a_verdict_tells_nothing_of_clients_the_importer_may_not_see(world):
    owner, importer = a_practice(world, "member", "member", policy="assigned")
    an_import(owner, ANN, assign_to_me=True)

    assert verdicts(a_preview(importer, ANN)) == ["created"]
    assert verdicts(a_preview(owner, ANN)) == ["duplicate"]
