from uuid import uuid4

import pytest

from chassis.errors import NotFound
from services.clients.tests.builders.linking import Parent, a_record, connect
from services.clients.tests.builders.practice import a_practice


def ask(world, method, **fields):
    return world.call(f"clients.{method}", as_=world.as_service("notifications"), **fields)


def test_access_is_told_with_its_reasons_and_with_whose_the_client_is(world):
    owner, admin = a_practice(world, "member", "admin")
    client_id = a_record(owner)
    connect(owner, client_id, Parent(world))

    told = ask(world, "get_access", account_id=admin.account_id, client_id=client_id)

    assert told == {
        "client_id": client_id,
        "firm_id": admin.firm_id,
        "name": "Ann Weiss",
        "member_id": admin.member_id,
        "assigned_member_id": owner.member_id,
        "connection": "connected",
        "reasons": ["firm_policy"],
    }


def test_who_may_not_see_a_client_is_told_of_none(world):
    owner, payer, practitioner = a_practice(world, "member", "billing_only", "practitioner")
    (stranger,) = a_practice(world, "admin")
    client_id = a_record(owner)

    for account_id in (
        payer.account_id,
        practitioner.account_id,
        stranger.account_id,
        str(uuid4()),
    ):
        with pytest.raises(NotFound) as refused:
            ask(world, "get_access", account_id=account_id, client_id=client_id)
        assert refused.value.code == "client_not_found"


def test_the_home_page_is_told_as_the_member_sees_it(world):
    owner, other, payer = a_practice(world, "member", "member", "billing_only")
    shared = a_record(owner, family_name="Abel")
    a_record(other, family_name="Berg")
    connect(owner, shared, Parent(world))

    for asked in ({}, {"assigned_to": "mine"}, {"search": "berg"}, {"limit": 1}):
        told = ask(world, "list_home", account_id=owner.account_id, **asked)
        assert told == owner.call("list_clients", **asked)
    assert [row["shared"] for row in owner.call("list_clients")["items"]] == [True, False]
    assert ask(world, "list_home", account_id=payer.account_id)["items"] == []
