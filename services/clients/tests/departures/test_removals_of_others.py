"""Removals that another team's service asks for while it handles one call."""

import pytest

from chassis.ids import uuid7
from tests.support import practice

pytestmark = pytest.mark.together


def member_id(world, person):
    as_clients = world.as_service("clients")
    answer = world.call("groups.get_membership", as_=as_clients, account_id=person.account_id)
    return answer["member_id"]


def test_two_removals_under_one_handed_on_key_are_two(world):
    """As stock nameko sends them: with the key, and the calls that led here."""
    firm = practice.a_firm(world, licenses=3)
    who = [member_id(world, practice.a_member(world, firm)) for _ in range(2)]
    headers = {
        "access_token": firm.founder.token,
        "idempotency_key": str(uuid7()),
        "call_id_stack": ["script.call.1", "offboarding.go.2"],
        "key_call_id": "script.call.1",
    }

    gone = [
        world.client.call("clients", "remove_member", {"member_id": one}, headers=headers)
        for one in who
    ]

    assert [done["member_id"] for done in gone] == who
