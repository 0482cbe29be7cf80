"""A firm or a client's account is no more: what ties them is withdrawn or ends."""

from uuid import UUID

import pytest

from chassis.errors import Conflict
from chassis.ids import uuid7
from chassis.testing.world import eventually
from clients.connections import storage as connections
from services.clients.tests.builders.linking import Parent, a_record, ask_for, connect, link_of
from services.clients.tests.builders.practice import a_practice
from services.clients.tests.connections.test_requests_end import stages


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


def announce(world, parent, event, version, **changed):
    state = {
        "account_id": parent.account_id, "kind": "client", "email": parent.email,
        "name": parent.name, "phone": None, "email_verified": True, "version": version, **changed,
    }  # fmt: skip
    if event == "email_changed.v1":
        former = {"old_email": parent.email, "old_email_verified": True}
        state |= former | {"changed_at": world.clock.now()}
    world.publish("identity", event, state, subject=str(parent.account_id))


def kept(world, client_id):
    with world.transaction("clients") as tx:
        found = connections.find_current(tx.session, UUID(client_id))
        return found.account_name, found.email


def test_a_connection_is_shown_and_mailed_to_as_its_account_is_called_and_reached_now(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connect(member, client_id, parent)

    announce(world, parent, "email_changed.v1", 4, email="petra@new.example")
    eventually(lambda: kept(world, client_id) == ("Petra Parent", "petra@new.example"))
    announce(world, parent, "account_changed.v1", 5, email="petra@new.example", name="Petra P.")
    eventually(lambda: kept(world, client_id) == ("Petra P.", "petra@new.example"))
    announce(world, parent, "account_changed.v1", 3, name="Late news")
    announce(world, parent, "account_changed.v1", 6, email="petra@new.example", name="Petra Q.")

    eventually(lambda: kept(world, client_id) == ("Petra Q.", "petra@new.example"))
