"""Who gets receipts and who may buy follows groups' news, in whatever order they come."""

import pytest

from billing.firms import tables
from billing.tables import metadata
from chassis.errors import Forbidden
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.practice import Firm, a_firm, rows, said, when


def receipt_of_a_purchase(world, member):
    placed = world.call(
        "billing.order_licenses",
        as_=member.token,
        quantity=1,
        level="silver",
        payment_method="sandbox_ok",
    )
    when(world, member, placed, "paid")
    (receipt,) = said(world, "receipt_issued.v1", order_id=placed["order_id"])
    return [person["name"] for person in receipt["recipients"]]


@pytest.mark.proves("S1-61")
def test_admins_get_the_receipt_while_there_is_no_billing_only_member(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    firm.member("admin", "Abe")
    firm.member("member", "Mo")

    assert receipt_of_a_purchase(world, ada) == ["Abe", "Ada"]


@pytest.mark.proves("S1-62", "S1-65", "Q6")
def test_billing_only_members_get_the_receipt_and_admins_do_not(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    firm.member("billing_only", "Bea")
    firm.member("billing_only", "Ben")

    assert receipt_of_a_purchase(world, ada) == ["Bea", "Ben"]


@pytest.mark.proves("S1-61", "S1-65")
@pytest.mark.parametrize("status", ["removed", "dormant"])
def test_when_the_last_billing_only_member_goes_receipts_fall_to_the_admins(world, status):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    bea = firm.member("billing_only", "Bea")
    assert receipt_of_a_purchase(world, ada) == ["Bea"]

    firm.change(bea, status=status)

    assert receipt_of_a_purchase(world, ada) == ["Ada"]


@pytest.mark.proves("S1-61", "S1-62", "S1-65", "Q6")
@pytest.mark.parametrize("way", ["role", "removal"])
def test_receipts_fall_to_the_admins_only_when_the_last_billing_only_member_goes(world, way):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    bea, ben = firm.member("billing_only", "Bea"), firm.member("billing_only", "Ben")

    def goes(member):
        firm.remove(member) if way == "removal" else firm.change(member, role="member")

    before = receipt_of_a_purchase(world, ada)
    goes(bea)
    between = receipt_of_a_purchase(world, ada)
    goes(ben)
    after = receipt_of_a_purchase(world, ada)

    assert (before, between, after) == (["Bea", "Ben"], ["Ben"], ["Ada"])


def test_a_receipt_that_was_issued_keeps_its_recipients(world):
    firm = a_firm(world)
    ada, bea = firm.member("admin", "Ada"), firm.member("billing_only", "Bea")
    receipt_of_a_purchase(world, ada)

    firm.remove(bea)

    (receipt,) = world.call("billing.list_receipts", as_=ada.token)["items"]
    assert [person["name"] for person in receipt["recipients"]] == ["Bea"]


def test_members_of_other_firms_get_no_receipt(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    a_firm(world).member("billing_only", "Eve")

    assert receipt_of_a_purchase(world, ada) == ["Ada"]


def test_news_in_the_wrong_order_end_with_the_newest(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")
    state = ada.state

    firm.tell({**state, "version": 3, "name": "Ada Lovelace"})
    eventually(lambda: firm.known_version(ada) == 3)
    older = firm.tell({**state, "version": 2, "role": "member", "status": "removed"})
    eventually(lambda: heard(world, older))

    assert receipt_of_a_purchase(world, ada) == ["Ada Lovelace"]


def test_a_member_who_is_announced_before_the_firm_may_buy_when_it_is_known(world):
    firm = Firm(world)
    ada = firm.member("admin", "Ada")

    state = {"firm_id": firm.firm_id, "name": firm.name, "version": 1}
    world.publish("groups", "firm_created.v1", state, subject=str(firm.firm_id))
    eventually(lambda: rows(world, tables.subscriptions, firm_id=firm.firm_id))

    assert receipt_of_a_purchase(world, ada) == ["Ada"]


@pytest.mark.together
def test_somebody_groups_does_not_know_either_is_no_member(world):
    stranger = world.as_person(account_id=uuid7(), email="s@nowhere.example")

    with pytest.raises(Forbidden) as refusal:
        world.call("billing.get_subscription", as_=stranger)

    assert refusal.value.code == "not_a_member"


@pytest.mark.together
def test_a_new_firm_s_founder_buys_at_once(world):
    """Whatever news of the firm have arrived by then: groups is asked."""
    account_id, email = uuid7(), f"{uuid7().hex}@firm.example"
    state = {
        "account_id": account_id, "kind": "professional", "email": email, "name": "Fay",
        "phone": None, "email_verified": True, "version": 1,
    }  # fmt: skip
    world.publish("identity", "account_registered.v1", state, subject=str(account_id))
    token = world.as_person(account_id=account_id, name="Fay", email=email)

    def known():
        try:
            return world.call(
                "groups.get_membership", as_=world.as_service("billing"), account_id=account_id
            )
        except Exception as error:
            if getattr(error, "kind", "") == "not_found":
                return None
            raise

    eventually(known)
    with world.transaction("billing") as tx:
        tx.session.execute(tables.members.delete().where(tables.members.c.account_id == account_id))

    shown = world.call("billing.get_subscription", as_=token)

    assert (shown["status"], shown["can"]) == ("trial", ["order_licenses", "subscribe"])


def heard(world, event_id):
    inbox = metadata.tables["inbox"]
    return rows(world, inbox, event_id=event_id, state="done")
