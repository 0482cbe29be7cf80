"""Who sees and writes which shared entries, and until when."""

from uuid import uuid4

import pytest

from chassis.errors import ChassisError, Conflict, NotFound
from services.clients.tests.builders.linking import (
    Parent,
    a_record,
    ask_for,
    change,
    connect,
    refused,
    titles,
    write,
)
from services.clients.tests.builders.practice import a_practice, said


@pytest.fixture
def linked(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    return member, client_id, parent, connect(member, client_id, parent)


def test_what_the_firm_prepares_is_seen_by_the_client_from_the_linking_on(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    draft = change(member, write(member, client_id, title="First draft"), title="Plan")
    thrown_away = write(member, client_id, title="No")
    gone = {"client_id": client_id, "entry_id": thrown_away["entry_id"]}
    member.call("delete_entry", **gone, version=1)
    ask_for(member, client_id, parent)
    assert said(world, client_id, "shared_entry_changed.v1") == []
    code = refused(NotFound, parent, "get_entry", entry_id=draft["entry_id"])
    assert code == "entry_not_found"

    connect(member, client_id, parent)

    assert titles(parent, client_id) == ["Plan"]
    refused(NotFound, parent, "get_entry", entry_id=thrown_away["entry_id"])
    (seen,) = parent.call("list_entry_versions", entry_id=draft["entry_id"])["items"]
    assert "First draft" not in repr(seen)
    assert (seen["version"], seen["action"]) == (2, "created")
    assert len(member.call("list_entry_versions", entry_id=draft["entry_id"])["items"]) == 2
    assert change(parent, draft, title="Our plan")["version"] == 3


@pytest.mark.parametrize("side", ["firm", "client"])
def test_after_the_end_each_side_reads_what_was_shared_and_writes_nothing(linked, side):
    member, client_id, parent, connection_id = linked
    entry = write(parent, client_id)
    for person in (member, parent):
        assert person.call("list_entry_versions", entry_id=entry["entry_id"])["writable"]
    if side == "firm":
        member.call("end_connection", connection_id=connection_id)
    else:
        parent.call("end_my_connection", connection_id=connection_id)

    for person in (member, parent):
        assert titles(person, client_id) == ["A day"]
        assert person.call("get_entry", entry_id=entry["entry_id"])["content"] == entry["content"]
        history = person.call("list_entry_versions", entry_id=entry["entry_id"])
        assert history["items"]
        assert not history["writable"]
        gone = {"client_id": client_id, "entry_id": entry["entry_id"], "version": 1}
        assert refused(Conflict, person, "delete_entry", **gone) == "connection_has_ended"
        for attempt in (
            lambda person=person: write(person, client_id),
            lambda person=person: change(person, entry, title="Later"),
        ):
            with pytest.raises(Conflict) as error:
                attempt()
            assert error.value.code == "connection_has_ended"


def test_who_is_connected_later_sees_nothing_of_what_was_shared_with_another(linked):
    member, client_id, first, connection_id = linked
    entry = write(first, client_id, title="For the first")
    member.call("end_connection", connection_id=connection_id)
    second = Parent(member.world)
    connect(member, client_id, second)
    write(second, client_id, title="For the second")

    assert titles(second, client_id) == ["For the second"]
    assert titles(first, client_id) == ["For the first"]
    assert titles(member, client_id) == ["For the second", "For the first"]
    refused(NotFound, second, "list_entry_versions", entry_id=entry["entry_id"])
    with pytest.raises(Conflict) as old:
        change(member, entry, title="Rewritten")
    with pytest.raises(Conflict) as late:
        write(first, client_id)
    assert old.value.code == late.value.code == "connection_has_ended"


def test_an_entry_of_strangers_is_answered_like_one_that_does_not_exist(linked):
    member, client_id, parent, _ = linked
    (other,) = a_practice(member.world, "admin")
    other_id, other_parent = a_record(other), Parent(member.world)
    connect(other, other_id, other_parent)
    theirs = write(parent, client_id)

    def answer(person, method, **fields):
        with pytest.raises(ChassisError) as error:
            person.call(method, **fields)
        return error.value.kind, error.value.code, error.value.message, error.value.details

    nobodys = str(uuid4())
    for person, own_id in ((other, other_id), (other_parent, other_id)):
        for method in ("get_entry", "list_entry_versions"):
            assert answer(person, method, entry_id=theirs["entry_id"]) == answer(
                person, method, entry_id=nobodys
            )
        assert answer(person, "list_entries", client_id=client_id) == answer(
            person, "list_entries", client_id=nobodys
        )
        for of in (client_id, own_id):
            gone = {"client_id": of, "version": 1}
            wanted = answer(person, "delete_entry", **gone, entry_id=theirs["entry_id"])
            assert wanted[0] == "not_found"
            unknown = {**gone, "client_id": nobodys if of == client_id else of}
            assert wanted == answer(person, "delete_entry", **unknown, entry_id=nobodys)
    assert titles(parent, client_id) == ["A day"]


@pytest.mark.proves("S1-63", "S1-66")
def test_a_billing_only_member_reads_and_writes_nothing(world):
    admin, payer = a_practice(world, "admin", "billing_only")
    client_id = a_record(admin)
    connect(admin, client_id, Parent(world))
    entry = write(admin, client_id)

    assert refused(NotFound, payer, "list_entries", client_id=client_id) == "client_not_found"
    for method in ("get_entry", "list_entry_versions"):
        code = refused(NotFound, payer, method, entry_id=entry["entry_id"])
        assert code == "entry_not_found"
    gone = {"client_id": client_id, "entry_id": entry["entry_id"], "version": 1}
    assert refused(NotFound, payer, "delete_entry", **gone) == "client_not_found"
    with pytest.raises(NotFound):
        write(payer, client_id)


def test_a_member_reads_and_writes_for_the_clients_they_may_see_and_no_others(world):
    owner, colleague = a_practice(world, "member", "member", policy="assigned")
    client_id, parent = a_record(owner), Parent(world)
    connect(owner, client_id, parent)
    entry = write(parent, client_id)

    refused(NotFound, colleague, "list_entries", client_id=client_id)
    refused(NotFound, colleague, "get_entry", entry_id=entry["entry_id"])
    with pytest.raises(NotFound):
        write(colleague, client_id)
    assert colleague.call("list_connections")["items"] == []
    assert titles(owner, client_id) == ["A day"]


def test_a_list_tells_each_side_whose_entries_these_are(linked):
    member, client_id, parent, connection_id = linked
    name = member.call("get_client", client_id=client_id)["name"]
    told = ("client_name", "firm_name", "connection")
    (tie,) = parent.call("list_my_connections")["items"]

    seen = member.call("list_entries", client_id=client_id)
    theirs = parent.call("list_entries", client_id=client_id)

    assert [seen[field] for field in told] == [name, None, "connected"]
    assert [theirs[field] for field in told] == [name, tie["firm_name"], "connected"]

    member.call("end_connection", connection_id=connection_id)
    member.call("update_client", client_id=client_id, family_name="Later")
    connect(member, client_id, Parent(member.world))
    theirs = parent.call("list_entries", client_id=client_id)

    assert [theirs[field] for field in told] == [name, tie["firm_name"], "ended"]
