from uuid import uuid4

import pytest

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound
from services.clients.tests.builders.practice import a_practice, said

PARENT = {
    "given_name": "Ann",
    "family_name": "Weiss",
    "emails": ["Ann@Example.org"],
    "phones": ["030 / 123456 (home)"],
    "birth_date": "1980-05-05",
    "number": "2026-17",
    "additional_information": "mother: Eva",
    "tags": ["custody"],
    "country_code": "49",
}


@pytest.mark.proves("S5-55", "S5-56", "S5-59")
def test_a_record_is_kept_as_written_and_is_its_makers_client(world):
    (member,) = a_practice(world, "member")

    made = member.call("create_client", **PARENT)
    read = member.call("get_client", client_id=made["client_id"])

    assert read == made | {"assigned_member_name": member.name}
    assert (read["name"], read["emails"]) == ("Ann Weiss", ["Ann@Example.org"])
    assert read["phones"] == [{"raw": "030 / 123456 (home)", "number": "+4930123456"}]
    assert read["assigned_member_id"] == member.member_id
    assert (read["status"], read["connection"], read["shared"]) == ("prospect", "none", False)
    assert (read["birth_date"], read["version"]) == ("1980-05-05", 1)
    assert read["additional_information"] == "mother: Eva"


def test_the_same_command_again_makes_one_record_and_says_one_event(world):
    (member,) = a_practice(world, "member")

    first = member.call("create_client", key="same", **PARENT)
    again = member.call("create_client", key="same", **PARENT)

    assert first == again
    assert len(member.call("list_clients")["items"]) == 1
    assert [event["type"] for event in said(world, first["client_id"])] == ["client_created.v1"]


def test_an_update_changes_what_it_names_and_is_announced_in_full(world):
    (member,) = a_practice(world, "member")
    made = member.call("create_client", **PARENT)

    changed = member.call(
        "update_client", client_id=made["client_id"], phones=["040 1234"], country_code="49"
    )

    assert changed["phones"] == [{"raw": "040 1234", "number": "+49401234"}]
    assert changed == {**made, "phones": changed["phones"], "version": 2}
    (event,) = said(world, made["client_id"], "client_changed.v1")
    assert (event["phones"], event["emails"]) == (["+49401234"], ["Ann@Example.org"])
    assert event["version"] == 2
    assert {"additional_information", "birth_date"}.isdisjoint(event)


def test_of_two_changes_to_one_version_the_second_is_refused(world):
    (member,) = a_practice(world, "member")
    client_id = member.call("create_client", **PARENT)["client_id"]
    member.call("update_client", client_id=client_id, version=1, number="1")

    with pytest.raises(Conflict) as refused:
        member.call("update_client", client_id=client_id, version=1, number="2")

    assert refused.value.code == "client_changed_meanwhile"
    assert member.call("get_client", client_id=client_id)["number"] == "1"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"given_name": "  ", "family_name": None}, "given_name"),
        ({"emails": ["nobody"]}, "emails.0"),
        ({"phones": ["030 1234", "none"]}, "phones.1"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"status": "frozen"}, "status"),
        ({"country_code": "049"}, "country_code"),
        ({"country_code": "49\n"}, "country_code"),
        ({"country_code": "1234"}, "country_code"),
        ({"colour": "red"}, "colour"),
        ({"tags": ["x"] * 21}, "tags"),
        ({"emails": [f"{i}@example.org" for i in range(11)]}, "emails"),
        ({"given_name": "a" * 201}, "given_name"),
    ],
)
def test_a_record_that_cannot_be_kept_says_which_field(world, wrong, field):
    (member,) = a_practice(world, "member")

    with pytest.raises(BadRequest) as refused:
        member.call("create_client", **{**PARENT, **wrong})

    assert field in refused.value.details["fields"]
    assert member.call("list_clients")["items"] == []


@pytest.mark.proves("S5-08")
def test_there_are_three_statuses_and_closed_is_off(world):
    (member,) = a_practice(world, "member")
    client_id = member.call("create_client", **PARENT)["client_id"]

    for status in ("active", "inactive", "prospect"):
        assert member.call("update_client", client_id=client_id, status=status)["status"] == status
    with pytest.raises(Conflict) as refused:
        member.call("update_client", client_id=client_id, status="closed")

    assert refused.value.code == "closed_is_off"


@pytest.mark.proves("S1-57", "S1-58", "S1-73")
@pytest.mark.parametrize("role", ["admin", "member"])
def test_members_and_admins_work_on_each_others_clients(world, role):
    owner, colleague = a_practice(world, "member", role)
    client_id = owner.call("create_client", **PARENT)["client_id"]

    assert colleague.call("get_client", client_id=client_id)["name"] == "Ann Weiss"
    assert colleague.call("update_client", client_id=client_id, number="1")["number"] == "1"
    assert [row["client_id"] for row in colleague.call("list_clients")["items"]] == [client_id]


@pytest.mark.proves("S1-63")
def test_billing_only_sees_no_client_and_writes_none(world):
    member, payer = a_practice(world, "member", "billing_only")
    client_id = member.call("create_client", **PARENT)["client_id"]

    assert payer.call("list_clients")["items"] == []
    with pytest.raises(NotFound):
        payer.call("get_client", client_id=client_id)
    with pytest.raises(NotFound):
        payer.call("explain_access", client_id=client_id)
    row = {"row": 1, "given_name": "Bob"}
    for method, fields in {
        "create_client": {"given_name": "Bob"},
        "update_client": {"client_id": client_id, "number": "1"},
        "assign_to_myself": {"client_id": client_id},
        "preview_import": {"rows": [row]},
        "import_clients": {"rows": [row], "batch_id": str(uuid4())},
    }.items():
        with pytest.raises(Forbidden) as refused:
            payer.call(method, **fields)
        assert refused.value.code == "cannot_work_on_clients"


@pytest.mark.proves("S5-60")
def test_the_box_for_staff_is_not_there_for_a_practitioner(world):
    admin, practitioner = a_practice(world, "admin", "practitioner")
    client_id = admin.call("create_client", **PARENT)["client_id"]
    admin.call("reassign_client", client_id=client_id, member_id=practitioner.member_id)

    read = practitioner.call("get_client", client_id=client_id)

    assert read["name"] == "Ann Weiss"
    assert "additional_information" not in read
    with pytest.raises(Forbidden) as refused:
        practitioner.call("update_client", client_id=client_id, number="1")
    assert refused.value.code == "cannot_manage_records"


def test_a_client_of_another_firm_is_answered_like_one_that_is_not_there(world):
    (owner,), (stranger,) = a_practice(world, "admin"), a_practice(world, "admin")
    client_id = owner.call("create_client", **PARENT)["client_id"]

    def refusals(wanted):
        for method, fields in {
            "get_client": {},
            "explain_access": {},
            "update_client": {"number": "1"},
            "assign_to_myself": {},
            "reassign_client": {"member_id": stranger.member_id},
        }.items():
            with pytest.raises(NotFound) as refused:
                stranger.call(method, client_id=wanted, **fields)
            yield refused.value.code, refused.value.message, refused.value.details

    assert list(refusals(client_id)) == list(refusals(str(uuid4())))
    assert owner.call("get_client", client_id=client_id)["version"] == 1


@pytest.mark.proves("S1-77")
def test_the_home_page_shows_a_client_that_is_not_linked_as_not_shared(world):
    (member,) = a_practice(world, "member")
    member.call("create_client", **PARENT)

    (row,) = member.call("list_clients")["items"]

    assert row["shared"] is False
    assert (row["name"], row["assigned_member_name"]) == ("Ann Weiss", "Max Member")


def test_the_home_page_comes_in_pages_and_is_searched(world):
    (member,) = a_practice(world, "member")
    for name in ("Ada", "Bob", "Cleo"):
        member.call("create_client", given_name=name)

    first = member.call("list_clients", limit=2)
    second = member.call("list_clients", limit=2, cursor=first["next_cursor"])

    assert [row["name"] for row in first["items"] + second["items"]] == ["Ada", "Bob", "Cleo"]
    assert second["next_cursor"] is None
    assert [row["name"] for row in member.call("list_clients", search="BO")["items"]] == ["Bob"]


@pytest.mark.parametrize(
    "wrong",
    [{"limit": 0}, {"limit": 201}, {"assigned_to": "me"}, {"search": "x" * 101}, {"cursor": "?"}],
)
def test_a_page_that_cannot_be_given_is_refused(world, wrong):
    (member,) = a_practice(world, "member")

    with pytest.raises(BadRequest) as refused:
        member.call("list_clients", **wrong)

    assert list(refused.value.details["fields"]) == list(wrong)
