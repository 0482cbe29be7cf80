"""A firm or a client's account is no more: what ties them is withdrawn or ends."""

import pytest

from chassis.errors import Conflict
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.clients.tests.linking import Parent, a_record, ask_for, connect, link_of
from services.clients.tests.practice import a_practice
from services.clients.tests.test_requests_end import stages


def close_firm(world, firm_id):
    firm = {
        "firm_id": firm_id, "name": "Gone", "solo": True, "policy": "open",
        "owner_account_id": uuid7(), "version": 9,
    }  # fmt: skip
    world.publish("groups", "firm_closed.v1", firm, subject=str(firm_id))


def close_account(world, account_id):
    state = {
        "account_id": account_id, "kind": "client", "email": "x@home.example", "name": "Petra",
        "phone": None, "email_verified": True, "version": 9, "reason": "unproven",
        "closed_at": world.clock.now(),
    }  # fmt: skip
    world.publish("identity", "account_closed.v1", state, subject=str(account_id))


def test_requests_of_a_closed_firm_are_withdrawn_and_its_connections_end(world):
    (member,) = a_practice(world, "member")
    (other,) = a_practice(world, "member")
    asked, tied, elsewhere = a_record(member), a_record(member), a_record(other)
    parent = Parent(world)
    link = link_of(world, ask_for(member, asked, parent))
    connect(member, tied, Parent(world))
    ask_for(other, elsewhere, Parent(world))

    close_firm(world, member.firm_id)

    eventually(lambda: stages(world, asked) == ["withdrawn"])
    eventually(lambda: stages(world, tied) == ["ended"])
    assert stages(world, elsewhere) == ["requested"]
    with pytest.raises(Conflict) as refused:
        parent.call("accept_connection", token=link)
    assert refused.value.code == "connection_request_over"


def test_the_connections_of_a_closed_account_end_and_no_others(world):
    (member,) = a_practice(world, "member")
    first, second = a_record(member), a_record(member)
    gone = Parent(world)
    connect(member, first, gone)
    connect(member, second, Parent(world))

    for _ in range(2):
        close_account(world, gone.account_id)

    eventually(lambda: stages(world, first) == ["ended"])
    assert stages(world, second) == ["connected"]
