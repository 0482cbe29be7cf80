from datetime import timedelta
from uuid import uuid4

import pytest

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound
from services.clients.tests.builders.practice import Somebody, a_practice, said
from tests.support.logged import costs_of, logged

MONTH = timedelta(days=30)


def a_client(member, name="Ann", **fields):
    return member.call("create_client", given_name=name, **fields)["client_id"]


def assign(admin, *pairs, method="reassign_clients"):
    assignments = [
        {"client_id": client_id, "member_id": member.member_id} for client_id, member in pairs
    ]
    return admin.call(method, assignments=assignments)


def whose(viewer, client_id):
    return viewer.call("get_client", client_id=client_id)["assigned_member_id"]


def newest(admin):
    return admin.call("list_handovers")["items"][0]


@pytest.mark.proves("S1-60", "S1-88", "T22")
def test_an_admin_gives_many_clients_each_to_its_own_receiver(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    ann, bob, cid = (a_client(owner, name) for name in ("Ann", "Bob", "Cid"))

    done = assign(admin, (ann, other), (bob, admin), (cid, owner))

    assert [whose(admin, client) for client in (ann, bob, cid)] == [
        other.member_id,
        admin.member_id,
        owner.member_id,
    ]
    assert (len(done["items"]), done["unchanged"]) == (2, 1)
    (event,) = said(world, done["handover_id"], "clients_handed_over.v1")
    assert (event["kind"], event["by_account_id"], event["unassigned"]) == (
        "reassignment",
        admin.account_id,
        0,
    )
    assert {row["member_id"]: row["client_names"] for row in event["receivers"]} == {
        other.member_id: ["Ann"],
        admin.member_id: ["Bob"],
    }
    (assigned,) = said(world, ann, "client_assigned.v1")
    assert (assigned["previous_member_id"], assigned["assigned_member_id"]) == (
        owner.member_id,
        other.member_id,
    )
    assert said(world, cid, "client_assigned.v1") == []


def test_giving_one_client_is_a_handover_as_well(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    client_id = a_client(owner)

    admin.call("reassign_client", client_id=client_id, member_id=other.member_id)

    handover = newest(admin)
    assert (handover["kind"], handover["clients"], handover["by_name"]) == (
        "reassignment",
        1,
        admin.name,
    )
    assert len(said(world, handover["handover_id"], "clients_handed_over.v1")) == 1


def test_taking_a_client_is_remembered_and_not_told_to_the_taker(world):
    admin, owner, taker = a_practice(world, "admin", "member", "member")
    client_id = a_client(owner)

    taker.call("assign_to_myself", client_id=client_id)

    handover = newest(admin)
    assert (handover["by_account_id"], handover["clients"]) == (taker.account_id, 1)
    assert said(world, handover["handover_id"]) == []


@pytest.mark.parametrize("wrong", ["client", "member", "payer", "twice"])
def test_many_go_together_or_none_goes(world, wrong):
    admin, owner, other, payer = a_practice(world, "admin", "member", "member", "billing_only")
    ann, bob = a_client(owner), a_client(owner)
    (stranger,) = a_practice(world, "admin")
    pair = {
        "client": (a_client(stranger), other),
        "member": (bob, stranger),
        "payer": (bob, payer),
        "twice": (ann, owner),
    }[wrong]

    for method in ("preview_reassignment", "reassign_clients"):
        with pytest.raises((NotFound, Conflict, BadRequest)) as refused:
            assign(admin, (ann, other), pair, method=method)
        assert (
            refused.value.code
            == {
                "client": "client_not_found",
                "member": "member_not_found",
                "payer": "member_cannot_take_clients",
                "twice": "invalid_assignments",
            }[wrong]
        )

    assert whose(admin, ann) == owner.member_id
    assert admin.call("list_handovers")["items"] == []


@pytest.mark.proves("S1-89")
def test_a_member_gives_nobody_many_clients_either(world):
    owner, member, third = a_practice(world, "member", "member", "member")
    client_id = a_client(owner)

    for method in ("preview_reassignment", "reassign_clients"):
        with pytest.raises(Forbidden) as refused:
            assign(member, (client_id, third), method=method)
        assert refused.value.code == "only_admins_reassign"
    for method, fields in {
        "list_handovers": {},
        "get_handover": {"handover_id": str(uuid4())},
        "undo_handover": {"handover_id": str(uuid4())},
    }.items():
        with pytest.raises(Forbidden):
            member.call(method, **fields)


def test_a_preview_says_what_reassigning_does_then(world):
    admin, owner, other = a_practice(world, "admin", "member", "practitioner", policy="assigned")
    ann, bob = a_client(owner, "Ann"), a_client(admin, "Bob")

    preview = assign(admin, (ann, other), (bob, admin), method="preview_reassignment")

    assert (len(preview["items"]), preview["unchanged"]) == (1, 1)
    effects = {row["member_id"]: row for row in preview["effects"]}
    assert effects.keys() == {owner.member_id, other.member_id}
    assert effects[owner.member_id]["lost"] == {"clients": 1, "names": ["Ann"]}
    assert effects[other.member_id]["gained"] == {"clients": 1, "names": ["Ann"]}
    assert whose(admin, ann) == owner.member_id
    done = assign(admin, (ann, other), (bob, admin))
    assert done["items"] == preview["items"]
    assert other.call("get_client", client_id=ann)["name"] == "Ann"
    with pytest.raises(NotFound):
        owner.call("get_client", client_id=ann)


def test_moving_many_costs_as_many_statements_as_moving_two(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    clients = [a_client(owner) for _ in range(42)]

    with logged() as written:
        assign(admin, *((client_id, other) for client_id in clients[:2]))
        assign(admin, *((client_id, other) for client_id in clients[2:]))

    few, many = costs_of(written, "clients.reassign_clients")
    assert many["statements"] == few["statements"]
    assert many["round_trips"] <= few["round_trips"] + 2  # a ping more or less


def test_handovers_are_listed_newest_first_in_pages(world):
    admin, owner = a_practice(world, "admin", "member")
    done = [assign(admin, (a_client(owner), admin))["handover_id"] for _ in range(3)]

    first = admin.call("list_handovers", limit=2)
    second = admin.call("list_handovers", limit=2, cursor=first["next_cursor"])

    listed = [row["handover_id"] for row in first["items"] + second["items"]]
    assert listed == done[::-1]
    assert second["next_cursor"] is None


def test_a_clients_own_handovers_say_from_whom_to_whom_it_went(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    ann, bob = a_client(owner), a_client(owner, "Bob", assigned_member_id=None)
    assign(admin, (ann, other), (bob, other))
    assign(admin, (bob, admin))

    (anns,) = admin.call("list_handovers", client_id=ann)["items"]
    bobs = admin.call("list_handovers", client_id=bob)["items"]

    assert anns["clients"] == 2
    assert [(row["from_member_name"], row["to_member_name"]) for row in bobs] == [
        (other.name, admin.name),
        (None, other.name),
    ]


def test_the_clients_of_a_handover_come_in_pages(world):
    admin, owner = a_practice(world, "admin", "member")
    clients = [a_client(owner) for _ in range(3)]
    done = assign(admin, *((client_id, admin) for client_id in clients))

    first = admin.call("get_handover", handover_id=done["handover_id"], limit=2)
    second = admin.call(
        "get_handover", handover_id=done["handover_id"], cursor=first["next_cursor"]
    )

    assert [row["client_id"] for row in first["items"] + second["items"]] == sorted(clients)
    assert {row["from_member_name"] for row in first["items"]} == {owner.name}
    assert {row["to_member_name"] for row in first["items"]} == {admin.name}


def test_another_firms_handover_is_not_there(world):
    (admin,), (stranger,) = a_practice(world, "admin"), a_practice(world, "admin")
    owner = Somebody(world, admin.firm_id).joins()
    done = assign(admin, (a_client(owner), admin))

    for method in ("get_handover", "undo_handover"):
        answers = []
        for handover_id in (done["handover_id"], str(uuid4())):
            with pytest.raises(NotFound) as refused:
                stranger.call(method, handover_id=handover_id)
            answers.append((refused.value.code, refused.value.message))
        assert answers[0] == answers[1]
