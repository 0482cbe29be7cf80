from uuid import uuid4

import eventlet
import pytest

from chassis.errors import Conflict, Forbidden, NotFound
from services.clients.tests.builders.practice import Somebody, a_practice, said


def a_client(member, **fields):
    return member.call("create_client", given_name="Ann", **fields)["client_id"]


def reasons(viewer, client_id, **of):
    items = viewer.call("explain_access", client_id=client_id, **of)["items"]
    return {row["member_id"]: row["reasons"] for row in items}


@pytest.mark.proves("S1-86", "S1-87")
@pytest.mark.parametrize("role", ["admin", "member"])
def test_anybody_who_works_with_records_takes_a_client_also_from_somebody(world, role):
    owner, taker = a_practice(world, "member", role)
    client_id = a_client(owner)

    taken = taker.call("assign_to_myself", client_id=client_id)

    assert taken["assigned_member_id"] == taker.member_id
    (assigned,) = said(world, client_id, "client_assigned.v1")
    assert assigned["assigned_member_id"] == assigned["assigned_by_member_id"] == taker.member_id
    assert assigned["previous_member_id"] == owner.member_id


def test_taking_a_client_twice_says_it_once(world):
    owner, taker = a_practice(world, "member", "member")
    client_id = a_client(owner)

    first = taker.call("assign_to_myself", client_id=client_id)
    second = taker.call("assign_to_myself", client_id=client_id)

    assert first == second
    assert len(said(world, client_id, "client_assigned.v1")) == 1


@pytest.mark.proves("S1-60", "S1-88")
def test_an_admin_gives_a_client_to_another_member(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    client_id = a_client(owner)

    admin.call("reassign_client", client_id=client_id, member_id=other.member_id)

    assert admin.call("get_client", client_id=client_id)["assigned_member_id"] == other.member_id
    (assigned,) = said(world, client_id, "client_assigned.v1")
    assert assigned["assigned_by_member_id"] == admin.member_id


@pytest.mark.proves("S1-89")
def test_a_member_gives_a_client_to_nobody_else(world):
    owner, member, third = a_practice(world, "member", "member", "member")
    client_id = a_client(owner)

    for giver in (member, owner):
        with pytest.raises(Forbidden) as refused:
            giver.call("reassign_client", client_id=client_id, member_id=third.member_id)
        assert refused.value.code == "only_admins_reassign"
    with pytest.raises(Forbidden):
        member.call("create_client", given_name="Bob", assigned_member_id=third.member_id)

    assert owner.call("get_client", client_id=client_id)["assigned_member_id"] == owner.member_id


@pytest.mark.proves("S1-90")
def test_billing_only_neither_takes_a_client_nor_is_given_one(world):
    admin, payer = a_practice(world, "admin", "billing_only")
    client_id = a_client(admin)

    with pytest.raises(Forbidden) as taking:
        payer.call("assign_to_myself", client_id=client_id)
    with pytest.raises(Conflict) as giving:
        admin.call("reassign_client", client_id=client_id, member_id=payer.member_id)
    with pytest.raises(Conflict):
        admin.call("create_client", given_name="Bob", assigned_member_id=payer.member_id)

    assert taking.value.code == "cannot_work_on_clients"
    assert giving.value.code == "member_cannot_take_clients"
    assert admin.call("get_client", client_id=client_id)["assigned_member_id"] == admin.member_id


def test_a_new_client_can_be_nobodys(world):
    (member,) = a_practice(world, "member")
    client_id = a_client(member, assigned_member_id=None)

    unassigned = member.call("list_clients", assigned_to="unassigned")["items"]

    assert [row["client_id"] for row in unassigned] == [client_id]
    assert member.call("list_clients", assigned_to="mine")["items"] == []


def test_a_client_is_not_given_to_a_member_of_another_firm(world):
    (admin,), (stranger,) = a_practice(world, "admin"), a_practice(world, "admin")
    client_id = a_client(admin)

    answers = []
    for member_id in (stranger.member_id, str(uuid4())):
        with pytest.raises(NotFound) as refused:
            admin.call("reassign_client", client_id=client_id, member_id=member_id)
        answers.append((refused.value.code, refused.value.message, refused.value.details))

    assert answers[0] == answers[1]


def test_access_is_explained_for_each_member_and_for_one(world):
    owner, admin, practitioner, payer = a_practice(
        world, "member", "admin", "practitioner", "billing_only"
    )
    client_id = a_client(owner)

    assert reasons(admin, client_id) == {
        owner.member_id: ["assigned", "firm_policy"],
        admin.member_id: ["firm_policy"],
        practitioner.member_id: [],
        payer.member_id: [],
    }
    only = reasons(admin, client_id, member_id=owner.member_id)
    assert only == {owner.member_id: ["assigned", "firm_policy"]}
    with pytest.raises(NotFound):
        reasons(admin, client_id, member_id=str(uuid4()))
    with pytest.raises(NotFound):
        reasons(practitioner, client_id)


def test_access_is_explained_in_pages(world):
    people = a_practice(world, "member", "member", "member")
    client_id = a_client(people[0])

    first = people[0].call("explain_access", client_id=client_id, limit=2)
    second = people[0].call("explain_access", client_id=client_id, cursor=first["next_cursor"])

    explained = [row["member_id"] for row in first["items"] + second["items"]]
    assert explained == sorted(person.member_id for person in people)
    assert first["client_name"] == second["client_name"] == "Ann"


@pytest.mark.proves("S1-74")
def test_of_two_who_take_a_client_at_the_same_moment_one_has_it(world):
    owner, *takers = a_practice(world, "member", "member", "member")
    client_id = a_client(owner)

    for _ in range(5):
        threads = [
            eventlet.spawn(taker.call, "assign_to_myself", client_id=client_id) for taker in takers
        ]
        for thread in threads:
            thread.wait()

    final = owner.call("get_client", client_id=client_id)
    assigned = said(world, client_id, "client_assigned.v1")
    assert final["assigned_member_id"] == assigned[-1]["assigned_member_id"]
    # Each went from the one who had it to the next: nobody took what they did not see.
    holders = [owner.member_id] + [event["assigned_member_id"] for event in assigned]
    assert [event["previous_member_id"] for event in assigned] == holders[:-1]
    versions = [event["version"] for event in said(world, client_id, "client_changed.v1")]
    assert versions == list(range(2, final["version"] + 1))


def test_the_clients_of_a_removed_member_are_the_firms_and_nobodys(world):
    admin, leaver = a_practice(world, "admin", "member")
    client_id = a_client(leaver)

    leaver.changes(status="removed")

    unassigned = admin.call("list_clients", assigned_to="unassigned")["items"]
    assert [row["client_id"] for row in unassigned] == [client_id]
    (assigned,) = said(world, client_id, "client_assigned.v1")
    assert (assigned["assigned_member_id"], assigned["previous_member_id"]) == (
        None,
        leaver.member_id,
    )


def test_a_removed_member_sees_and_writes_nothing_any_more(world):
    admin, leaver = a_practice(world, "admin", "member")
    client_id = a_client(admin)
    assert leaver.call("get_client", client_id=client_id)

    leaver.changes(status="removed")

    for method, fields in {
        "list_clients": {},
        "get_client": {"client_id": client_id},
        "update_client": {"client_id": client_id, "number": "1"},
        "assign_to_myself": {"client_id": client_id},
    }.items():
        with pytest.raises(Forbidden) as refused:
            leaver.call(method, **fields)
        assert refused.value.code == "no_membership"


def test_who_becomes_billing_only_leaves_their_clients_to_nobody(world):
    admin, member = a_practice(world, "admin", "member")
    client_id = a_client(member)

    member.changes(role="billing_only")

    assert admin.call("get_client", client_id=client_id)["assigned_member_id"] is None


def test_news_that_arrive_late_do_not_undo_newer_ones(world):
    admin, member = a_practice(world, "admin", "member")
    member.version = 4
    member.changes(role="billing_only")
    member.role = "member"

    world.publish("groups", "member_changed.v1", member.state(version=3), subject=member.member_id)
    Somebody(world, admin.firm_id).joins()  # behind it in the same queues

    with pytest.raises(Forbidden):
        a_client(member)
