"""Whose connections are shown to whom, and who may touch them."""

from uuid import uuid4

import pytest

from chassis.errors import BadRequest, ChassisError, Conflict, Forbidden, NotFound
from services.clients.tests.builders.linking import (
    Parent,
    a_record,
    ask_for,
    connect,
    refused,
    titles,
    write,
)
from services.clients.tests.builders.practice import Somebody, a_firm, a_practice, said


def test_a_record_has_one_connection_and_an_account_has_several_in_several_firms(world):
    (ours,), (theirs,) = a_practice(world, "member"), a_practice(world, "member")
    parent, other = Parent(world), Parent(world)
    mia, noah = a_record(ours, given_name="Mia"), a_record(ours, given_name="Noah")
    away = a_record(theirs)
    for member, client_id in ((ours, mia), (ours, noah), (theirs, away)):
        connect(member, client_id, parent)

    asked = {"client_id": mia, "email": other.email}
    assert refused(Conflict, ours, "request_connection", **asked) == "already_connected"
    assert {row["client_id"] for row in parent.call("list_my_connections")["items"]} == {
        mia,
        noah,
        away,
    }
    assert {row["client_id"] for row in ours.call("list_connections")["items"]} == {mia, noah}


def test_while_it_is_requested_neither_side_sees_anything_of_the_other(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connection_id = ask_for(member, client_id, parent)

    (row,) = member.call("list_connections")["items"]

    assert (row["connection"], row["account_name"]) == ("requested", None)
    assert parent.call("list_my_connections")["items"] == []
    code = refused(NotFound, parent, "list_entries", client_id=client_id)
    assert code == "client_not_found"
    code = refused(NotFound, parent, "end_my_connection", connection_id=connection_id)
    assert code == "connection_not_found"


@pytest.mark.proves("S1-63")
def test_billing_only_members_and_practitioners_link_nobody(world):
    admin, payer, practitioner = a_practice(world, "admin", "billing_only", "practitioner")
    client_id, parent = a_record(admin), Parent(world)
    connection_id = connect(admin, client_id, parent)

    for person, code in (
        (payer, "cannot_work_on_clients"),
        (practitioner, "cannot_manage_records"),
    ):
        asked = {"client_id": client_id, "email": parent.email}
        assert refused(Forbidden, person, "request_connection", **asked) == code
        assert refused(Forbidden, person, "end_connection", connection_id=connection_id) == code
        assert person.call("list_connections")["items"] == []


def test_another_firms_connection_is_answered_like_one_that_does_not_exist(world):
    (ours,), (theirs,) = a_practice(world, "admin"), a_practice(world, "admin")
    other = Parent(world)
    connection_id = connect(theirs, a_record(theirs), Parent(world))

    def answer(person, method, of):
        with pytest.raises(ChassisError) as error:
            person.call(method, connection_id=of)
        return error.value.kind, error.value.code, error.value.message, error.value.details

    for person, method in (
        (ours, "withdraw_connection"),
        (ours, "end_connection"),
        (other, "end_my_connection"),
    ):
        assert answer(person, method, connection_id) == answer(person, method, str(uuid4()))


def test_the_connection_of_one_client_is_found(world):
    (member,) = a_practice(world, "member")
    (other,) = a_practice(world, "member")
    linked, unlinked = (a_record(member, family_name=name) for name in "ab")
    connect(member, linked, Parent(world))

    (row,) = member.call("list_connections", client_id=linked)["items"]

    assert (row["client_id"], row["connection"]) == (linked, "connected")
    assert member.call("list_connections", client_id=unlinked)["items"] == []
    assert other.call("list_connections", client_id=linked)["items"] == []


def test_connections_come_by_the_clients_names_and_in_pages(world):
    (member,) = a_practice(world, "member")
    parent = Parent(world)
    for name in "dbac":
        connect(member, a_record(member, family_name=name), parent)
    a_record(member, family_name="aa")

    first = member.call("list_connections", limit=3)
    second = member.call("list_connections", cursor=first["next_cursor"])
    mine = parent.call("list_my_connections", limit=3)
    rest = parent.call("list_my_connections", limit=3, cursor=mine["next_cursor"])

    shown = [row["client_name"] for row in first["items"] + second["items"]]
    assert shown == ["Ann a", "Ann b", "Ann c", "Ann d"]
    listed = [row["client_name"] for row in mine["items"] + rest["items"]]
    assert listed == ["Ann c", "Ann a", "Ann b", "Ann d"]
    with pytest.raises(BadRequest):
        member.call("list_connections", cursor="x")


def test_an_ended_connection_shows_the_client_no_newer_name(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connection_id = connect(member, client_id, parent)
    member.call("update_client", client_id=client_id, family_name="Schwarz")
    (during,) = parent.call("list_my_connections")["items"]
    parent.call("end_my_connection", connection_id=connection_id)

    member.call("update_client", client_id=client_id, family_name="Braun")

    (after,) = parent.call("list_my_connections")["items"]
    assert (during["client_name"], after["client_name"]) == ("Ann Schwarz", "Ann Schwarz")


def test_a_connection_comes_along_with_the_client_when_their_member_joins_a_firm(world):
    solo = Somebody(world, a_firm(world, solo=True), "admin").joins()
    (colleague,) = a_practice(world, "member")
    client_id, parent = a_record(solo), Parent(world)
    connect(solo, client_id, parent)

    joiner = Somebody(world, colleague.firm_id, account_id=solo.account_id)
    joiner.joins(left_firm_id=solo.firm_id)
    write(parent, client_id)

    (row,) = colleague.call("list_connections")["items"]
    assert (row["client_id"], row["connection"]) == (client_id, "connected")
    (event,) = said(world, client_id, "shared_entry_changed.v1")
    assert event["firm_id"] == colleague.firm_id
    assert event["assigned_member_id"] == joiner.member_id
    assert titles(colleague, client_id) == ["A day"]
