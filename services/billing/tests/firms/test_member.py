from collections import namedtuple
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.firms.errors import BuyingNotAllowed
from billing.firms.member import Buyer, receipt_recipients

Person = namedtuple("Person", "role name email")


def person(role, name):
    return Person(role, name, f"{name}@firm.example")


def names(people):
    return [recipient.name for recipient in receipt_recipients(people)]


@pytest.mark.proves("S1-61")
def test_admins_get_receipts_while_there_is_no_billing_only_member():
    assert names([person("admin", "ada"), person("member", "mo"), person("admin", "bo")]) == [
        "ada",
        "bo",
    ]


@pytest.mark.proves("S1-62", "S1-65")
def test_a_billing_only_member_gets_the_receipts_instead_of_the_admins():
    assert names([person("admin", "ada"), person("billing_only", "bea")]) == ["bea"]


@pytest.mark.proves("S1-65")
def test_all_billing_only_members_get_receipts():
    assert names([person("billing_only", "bea"), person("billing_only", "ben")]) == ["bea", "ben"]


def test_nobody_else_gets_receipts():
    assert names([person("member", "mo"), person("practitioner", "pia")]) == []


roles = st.sampled_from(["admin", "billing_only", "member", "practitioner"])


@given(st.lists(roles))
def test_recipients_always_share_one_role_that_buys(held):
    people = [person(role, str(position)) for position, role in enumerate(held)]

    chosen = {people[int(name)].role for name in names(people)}

    if "billing_only" in held:
        assert chosen == {"billing_only"}
    else:
        assert chosen == ({"admin"} if "admin" in held else set())


@pytest.mark.parametrize("role", ["admin", "billing_only"])
def test_admins_and_billing_only_members_buy(role):
    Buyer(uuid4(), uuid4(), role).require_buying()


@pytest.mark.parametrize("role", ["member", "practitioner", "something_new"])
def test_nobody_else_buys(role):
    with pytest.raises(BuyingNotAllowed):
        Buyer(uuid4(), uuid4(), role).require_buying()
