from uuid import uuid4

import pytest

from chassis.errors import Forbidden, NotFound, Unavailable
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.clients.tests.builders.bringing import an_import
from services.clients.tests.builders.practice import Somebody, a_firm, a_practice, said
from tests.support.logged import costs_of, logged


def a_client(member, name="Ann", **fields):
    return member.call("create_client", given_name=name, **fields)["client_id"]


def names(member, **filters):
    return [row["name"] for row in member.call("list_clients", **filters)["items"]]


def joined(world, admin):
    """A member who came from a practice of their own, and that practice, asleep."""
    home = Somebody(world, a_firm(world, solo=True), "admin").joins()
    member = Somebody(world, admin.firm_id, account_id=home.account_id).joins(home.firm_id)
    home.changes(status="dormant")
    return member, home


@pytest.fixture
def practice(world):
    (admin,) = a_practice(world, "admin")
    return (admin, *joined(world, admin))


@pytest.mark.proves("S1-50", "S1-51", "T19")
def test_kept_clients_are_nobodys_on_the_list_and_can_be_given_away(world, practice):
    admin, leaver, home = practice
    ann = a_client(leaver)

    leaver.goes(home, keep=True, by=admin)
    eventually(leaver.is_gone)

    assert names(admin, assigned_to="unassigned") == ["Ann"]
    (event,) = told(world, admin)
    assert (event["kind"], event["unassigned"], event["receivers"]) == ("departure", 1, [])
    other = Somebody(world, admin.firm_id).joins()
    assignment = {"client_id": ann, "member_id": other.member_id}
    admin.call("reassign_clients", assignments=[assignment])
    assert names(admin, assigned_to="unassigned") == []
    assert names(other, assigned_to="mine") == ["Ann"]


@pytest.mark.parametrize("keep", [True, False])
def test_many_clients_cost_a_departure_as_many_statements_as_a_few(world, practice, keep):
    admin, *_ = practice
    with logged() as written:
        for quantity in (2, 90):
            leaver, home = joined(world, admin)
            rows = [
                {"row": row + 1, "given_name": f"Ann {row} {quantity}"} for row in range(quantity)
            ]
            an_import(leaver, *rows, assign_to_me=True)
            leaver.goes(home, keep=keep, by=admin)
            eventually(leaver.is_gone)

    few, many = costs_of(written, "clients.on_member_removed")
    assert many["statements"] == few["statements"]
    assert many["round_trips"] <= few["round_trips"] + 2  # a ping more or less


def told(world, admin):
    handovers = [row["handover_id"] for row in admin.call("list_handovers")["items"]]
    return [event for one in handovers for event in said(world, one)]


@pytest.mark.proves("S1-52", "Q14")
def test_clients_that_are_not_kept_are_the_leavers_and_the_firm_sees_them_no_more(world, practice):
    admin, leaver, home = practice
    ann, bob = a_client(leaver), a_client(admin, "Bob")

    leaver.goes(home, keep=False, by=admin)
    eventually(leaver.is_gone)
    home.changes(status="active")

    assert names(admin) == ["Bob"]
    (handover,) = admin.call("list_handovers")["items"]
    (item,) = admin.call("get_handover", handover_id=handover["handover_id"])["items"]
    assert (handover["member_name"], item["from_member_name"]) == (leaver.name, leaver.name)
    assert (item["to_member_name"], item["name"]) == (home.name, None)
    with pytest.raises(NotFound):
        admin.call("get_client", client_id=ann)
    assert names(home, assigned_to="mine") == ["Ann"]
    with pytest.raises(NotFound):
        home.call("get_client", client_id=bob)
    (assigned,) = said(world, ann, "client_assigned.v1")
    assert (assigned["firm_id"], assigned["previous_member_id"]) == (
        home.firm_id,
        leaver.member_id,
    )
    assert assigned["assigned_member_id"] == home.member_id
    (handover,) = admin.call("list_handovers")["items"]
    (item,) = admin.call("get_handover", handover_id=handover["handover_id"])["items"]
    assert (item["client_id"], item["name"]) == (ann, None)


@pytest.mark.parametrize("keep", [True, False])
def test_only_the_clients_assigned_to_the_leaver_are_concerned(world, practice, keep):
    admin, leaver, home = practice
    bob = a_client(leaver, "Bob", assigned_member_id=None)
    cid = a_client(admin, "Cid")

    leaver.goes(home, keep=keep, by=admin)
    eventually(leaver.is_gone)

    assert names(admin) == ["Bob", "Cid"]
    assert [said(world, one, "client_assigned.v1") for one in (bob, cid)] == [[], []]
    assert admin.call("list_handovers")["items"] == []


@pytest.mark.proves("S1-56", "T20")
def test_a_live_token_of_a_removed_member_opens_no_client_of_the_firm(world, practice):
    admin, leaver, home = practice
    ann, bob = a_client(leaver), a_client(admin, "Bob")
    assert leaver.call("get_client", client_id=bob)["name"] == "Bob"

    leaver.goes(home, keep=True, by=admin)
    eventually(leaver.is_gone)

    def refused(*kinds):
        for method, fields in {
            "get_client": {"client_id": bob},
            "update_client": {"client_id": ann, "number": "1"},
            "assign_to_myself": {"client_id": ann},
            "explain_access": {"client_id": bob},
        }.items():
            with pytest.raises(kinds):
                leaver.call(method, **fields)

    refused(Unavailable)  # the news of the practice that they fall back to is under way
    home.changes(status="active")
    refused(NotFound, Forbidden)
    assert names(leaver) == []  # the same token, now in a practice of their own


@pytest.mark.parametrize("same_event", [True, False])
def test_a_removal_told_again_moves_nothing_again(world, practice, same_event):
    admin, leaver, home = practice
    ann = a_client(leaver)
    leaver.goes(home, by=admin)
    eventually(leaver.is_gone)
    admin.call("assign_to_myself", client_id=ann)

    leaver.version -= 1
    leaver.goes(home, by=admin)
    Somebody(world, admin.firm_id).joins()  # behind it in the same queue

    assert names(admin, assigned_to="mine") == ["Ann"]


def test_clients_follow_a_leaver_who_is_in_another_firm_already(world, practice):
    admin, leaver, home = practice
    a_client(leaver)
    (colleague,) = a_practice(world, "member")
    again = Somebody(world, colleague.firm_id, account_id=home.account_id)
    again.joins(left_firm_id=home.firm_id)

    leaver.goes(home, keep=False, by=admin)
    eventually(leaver.is_gone)

    assert names(again, assigned_to="mine") == names(colleague) == ["Ann"]


def test_clients_that_went_home_come_along_into_the_next_firm(world, practice):
    admin, leaver, home = practice
    a_client(leaver)
    leaver.goes(home, keep=False, by=admin)
    eventually(leaver.is_gone)
    (colleague,) = a_practice(world, "member")

    again = Somebody(world, colleague.firm_id, account_id=home.account_id)
    again.joins(left_firm_id=home.firm_id)

    assert names(again, assigned_to="mine") == names(colleague) == ["Ann"]


@pytest.mark.parametrize("keep", [True, False])
def test_a_joining_that_is_heard_after_the_removal_loses_no_client(world, keep):
    (admin,) = a_practice(world, "admin")
    home = Somebody(world, a_firm(world, solo=True), "admin").joins()
    a_client(home)
    leaver = Somebody(world, admin.firm_id, account_id=home.account_id)

    leaver.goes(home, keep=keep, by=admin)
    eventually(leaver.is_gone)
    state = leaver.state(left_firm_id=home.firm_id, version=1)
    world.publish("groups", "member_joined.v1", state, subject=leaver.member_id)
    Somebody(world, admin.firm_id).joins()  # behind it in the same queue

    if keep:
        assert names(admin, assigned_to="unassigned") == ["Ann"]
    else:
        assert (names(admin), names(home)) == ([], ["Ann"])


def test_clients_that_went_with_a_leaver_come_back_as_nobodys(world, practice):
    admin, leaver, home = practice
    ann = a_client(leaver)
    leaver.goes(home, keep=False, by=admin)
    eventually(leaver.is_gone)
    (handover,) = admin.call("list_handovers")["items"]

    undone = admin.call("undo_handover", handover_id=handover["handover_id"])

    assert [row["client_id"] for row in undone["items"]] == [ann]
    assert names(admin, assigned_to="unassigned") == ["Ann"]
    home.changes(status="active")
    assert names(home) == []


def test_a_removal_of_another_firms_member_changes_nothing_here(world, practice):
    _, leaver, home = practice
    a_client(leaver)
    stranger = Somebody(world, str(uuid4()), member_id=str(uuid7()))

    stranger.goes(home, keep=False)
    eventually(stranger.is_gone)

    assert names(leaver, assigned_to="mine") == ["Ann"]
