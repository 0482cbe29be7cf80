"""A client asks who may see what they share, and why."""

from chassis.errors import Conflict, Forbidden, NotFound
from services.clients.tests.builders.linking import Parent, a_record, connect, refused
from services.clients.tests.builders.practice import a_practice


def seen_by(parent, client_id):
    page = parent.call("explain_my_access", client_id=client_id)
    assert page["next_cursor"] is None
    return {one["role"]: (one["name"], one["reasons"]) for one in page["items"]}


def test_a_connected_client_is_told_who_may_see_them_and_nobody_else(world):
    owner, practitioner, _ = a_practice(world, "admin", "practitioner", "billing_only")
    client_id, parent = a_record(owner), Parent(world)
    connect(owner, client_id, parent)

    assert seen_by(parent, client_id) == {"admin": (owner.name, ["assigned", "firm_policy"])}

    owner.call("reassign_client", client_id=client_id, member_id=practitioner.member_id)

    assert seen_by(parent, client_id) == {
        "admin": (owner.name, ["firm_policy"]),
        "practitioner": (practitioner.name, ["assigned"]),
    }


def test_nobody_else_asks_and_not_after_the_end(world):
    (owner,) = a_practice(world, "admin")
    client_id, parent, stranger = a_record(owner), Parent(world), Parent(world)
    connection_id = connect(owner, client_id, parent)
    asked = {"method": "explain_my_access", "client_id": client_id}

    assert refused(NotFound, stranger, **asked) == "client_not_found"
    refused(Forbidden, owner, **asked)
    parent.call("end_my_connection", connection_id=connection_id)
    assert refused(Conflict, parent, **asked) == "not_connected"
