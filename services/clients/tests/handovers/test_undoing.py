from datetime import timedelta

import pytest

from chassis.errors import Conflict
from services.clients.tests.builders.practice import Somebody, a_firm, a_practice, said
from services.clients.tests.handovers.test_handovers import a_client, assign, newest, whose

MONTH = timedelta(days=30)


def test_a_handover_is_undone_but_for_what_was_moved_since(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    ann, bob = a_client(owner, "Ann"), a_client(owner, "Bob")
    done = assign(admin, (ann, other), (bob, other))
    admin.call("assign_to_myself", client_id=bob)

    undone = admin.call("undo_handover", handover_id=done["handover_id"])

    assert [row["client_id"] for row in undone["items"]] == [ann]
    assert undone["skipped"] == [{"client_id": bob, "name": "Bob", "reason": "moved_since"}]
    assert (whose(admin, ann), whose(admin, bob)) == (owner.member_id, admin.member_id)
    (event,) = said(world, undone["handover_id"], "clients_handed_over.v1")
    assert event["kind"] == "undo"
    former = admin.call("get_handover", handover_id=done["handover_id"])
    assert former["undone_by"] == undone["handover_id"]
    assert {row["name"] for row in former["items"]} == {"Ann", "Bob"}
    for again in (done["handover_id"], undone["handover_id"]):
        with pytest.raises(Conflict):
            admin.call("undo_handover", handover_id=again)


def test_undoing_gives_nobody_a_client_they_cannot_have(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    client_id = a_client(owner)
    done = assign(admin, (client_id, other))
    owner.changes(role="billing_only")

    admin.call("undo_handover", handover_id=done["handover_id"])

    assert whose(admin, client_id) is None


def test_where_nothing_can_go_back_nothing_was_undone(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    client_id = a_client(owner)
    done = assign(admin, (client_id, other))
    admin.call("assign_to_myself", client_id=client_id)

    undone = admin.call("undo_handover", handover_id=done["handover_id"])

    assert (undone["handover_id"], undone["items"]) == (None, [])
    assert admin.call("get_handover", handover_id=done["handover_id"])["undone_by"] is None


def test_after_thirty_days_a_handover_stands(world):
    admin, owner, other = a_practice(world, "admin", "member", "member")
    first, second = a_client(owner), a_client(owner)
    early, late = assign(admin, (first, other)), assign(admin, (second, other))

    world.clock.advance(MONTH - timedelta(minutes=1))
    admin.token = world.as_person(account_id=admin.account_id, email=admin.email)
    admin.call("undo_handover", handover_id=early["handover_id"])
    world.clock.advance(timedelta(minutes=2))
    with pytest.raises(Conflict) as refused:
        admin.call("undo_handover", handover_id=late["handover_id"])

    assert refused.value.code == "handover_too_old"


def test_a_joining_is_not_undone(world):
    (admin,) = a_practice(world, "admin")
    solo = Somebody(world, a_firm(world, solo=True), "admin").joins()
    client_id = a_client(solo)
    Somebody(world, admin.firm_id, account_id=solo.account_id).joins(left_firm_id=solo.firm_id)

    handover = newest(admin)

    assert (handover["kind"], handover["clients"]) == ("joining", 1)
    assert handover["undoable_until"] is None
    with pytest.raises(Conflict) as refused:
        admin.call("undo_handover", handover_id=handover["handover_id"])
    assert refused.value.code == "handover_cannot_be_undone"
    assert admin.call("get_client", client_id=client_id)
