"""Who pays for whom: from joining on the firm, and one's own subscription waits meanwhile."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from billing.firms import tables
from billing.tables import metadata
from chassis.errors import Forbidden
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.practice import Member, a_firm, rows, when


@dataclass
class Joiner:
    """Somebody with a paid subscription of their own, and their membership elsewhere."""

    home: object
    founder: Member
    state: dict

    @property
    def member_id(self) -> UUID:
        return self.state["member_id"]


def a_joiner(world, firm, role="member"):
    home = a_firm(world, "Solo")
    founder = home.member("admin", "Sol")
    order = world.call(
        "billing.subscribe", as_=founder.token, plan="pro_gold", payment_method="sandbox_ok"
    )
    when(world, founder, order, "paid")
    state = {
        **founder.state, "member_id": uuid7(), "firm_id": firm.firm_id, "role": role,
        "firm_name": firm.name, "left_firm_id": home.firm_id, "invitation_id": uuid7(),
        "version": 1,
    }  # fmt: skip
    return Joiner(home, founder, state)


def tell(world, joiner, kind, **more):
    """Say it, and wait until billing has taken it in."""
    state = {**joiner.state, **more}
    event = world.publish("groups", kind, state, subject=str(joiner.member_id))
    inbox = metadata.tables["inbox"]
    eventually(lambda: rows(world, inbox, event_id=event, state="done"))


def joins(world, joiner):
    tell(world, joiner, "member_joined.v1")


def leaves(world, joiner):
    gone = {"status": "removed", "version": 2, "home_firm_id": joiner.home.firm_id}
    tell(world, joiner, "member_removed.v1", **gone)


def own(world, joiner):
    (found,) = rows(world, tables.subscriptions, firm_id=joiner.home.firm_id)
    return found


def payers(world, buyer):
    return world.call("billing.list_payers", as_=buyer.token)["items"]


@pytest.mark.proves("S1-38", "S1-39")
def test_before_joining_nothing_changes_and_from_joining_on_the_firm_pays(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    joiner = a_joiner(world, firm)
    assert (payers(world, ada), own(world, joiner).status) == ([], "active")

    joins(world, joiner)

    (shown,) = payers(world, ada)
    assert own(world, joiner).status == "paused"
    assert shown["payer_firm_id"] == str(firm.firm_id)
    assert (shown["member_id"], shown["name"]) == (str(joiner.member_id), "Sol")
    assert (shown["payer_name"], shown["licensed"], shown["until"]) == (firm.name, True, None)


def test_when_the_membership_ends_one_pays_for_oneself_again(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    joiner = a_joiner(world, firm)
    before = own(world, joiner).period_end
    joins(world, joiner)

    leaves(world, joiner)

    assert (own(world, joiner).status, own(world, joiner).period_end) == ("active", before)
    (shown,) = payers(world, ada)
    assert shown["until"] >= shown["since"]


def test_the_firm_pays_no_more_for_a_member_whose_account_is_closed(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    joiner = a_joiner(world, firm)
    joins(world, joiner)

    tell(world, joiner, "member_changed.v1", status="removed", version=2)

    (shown,) = payers(world, ada)
    assert shown["until"] is not None


def test_a_removal_that_is_heard_before_the_joining_pauses_nothing(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    joiner = a_joiner(world, firm)

    leaves(world, joiner)
    joins(world, joiner)

    assert own(world, joiner).status == "active"
    (shown,) = payers(world, ada)
    assert shown["since"] == shown["until"]


def test_news_that_come_twice_have_their_effect_once(world):
    firm = a_firm(world)
    joiner = a_joiner(world, firm)
    joins(world, joiner)
    joins(world, joiner)
    paused = own(world, joiner).version
    leaves(world, joiner)
    leaves(world, joiner)
    joins(world, joiner)

    assert (own(world, joiner).status, own(world, joiner).version) == ("active", paused + 1)


def test_who_joins_the_next_firm_before_the_last_is_heard_to_be_left_stays_paused(world):
    first, second = a_firm(world), a_firm(world)
    joiner = a_joiner(world, first)
    again = Joiner(joiner.home, joiner.founder, {**joiner.state, "member_id": uuid7()})
    again.state["firm_id"] = second.firm_id
    joins(world, joiner)
    joins(world, again)

    leaves(world, joiner)
    assert own(world, joiner).status == "paused"

    leaves(world, again)
    assert own(world, joiner).status == "active"


def test_a_billing_only_member_is_covered_without_a_license(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    joiner = a_joiner(world, firm, role="billing_only")

    joins(world, joiner)

    assert [shown["licensed"] for shown in payers(world, ada)] == [False]
    assert own(world, joiner).status == "paused"


def test_pages_of_payers_follow_each_other(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    joiners = [a_joiner(world, firm) for _ in range(2)]
    for joiner in joiners:
        joins(world, joiner)

    first = world.call("billing.list_payers", as_=ada.token, limit=1)
    rest = world.call("billing.list_payers", as_=ada.token, cursor=first["next_cursor"])

    found = [each["member_id"] for each in first["items"] + rest["items"]]
    assert found == sorted(str(joiner.member_id) for joiner in joiners)
    assert rest["next_cursor"] is None


@pytest.mark.together
def test_other_firms_and_plain_members_do_not_see_who_pays(world):
    firm = a_firm(world)
    joiner = a_joiner(world, firm)
    joins(world, joiner)
    stranger = a_firm(world).member("admin", "Eve")
    plain = firm.member("member", "Mo")

    assert payers(world, stranger) == []
    with pytest.raises(Forbidden) as refusal:
        payers(world, plain)
    assert refusal.value.code == "buying_not_allowed"
