"""What members reach in billing: billing-only ones all of it, removed ones nothing at once."""

import pytest

from billing.tables import metadata
from chassis.errors import Conflict, Forbidden
from chassis.testing.world import eventually
from services.billing.tests.builders.practice import a_firm, rows, said, when
from tests.support.practice import a_professional, may_buy

LICENSES = {"quantity": 1, "level": "silver", "payment_method": "sandbox_ok"}


def bought(world, member):
    """An order and its receipt, by the names of their ids."""
    placed = world.call("billing.order_licenses", as_=member.token, **LICENSES)
    when(world, member, placed, "paid")
    (receipt,) = said(world, "receipt_issued.v1", order_id=placed["order_id"])
    return {"order_id": placed["order_id"], "receipt_id": receipt["receipt_id"]}


def every_message(ids):
    """Everything that billing answers to members who may buy, as a right request."""
    order, receipt = ({name: ids[name]} for name in ("order_id", "receipt_id"))
    return {
        "get_subscription": {},
        "list_plans": {},
        "get_billing_overview": {},
        "list_offers": {},
        "list_orders": {},
        "list_receipts": {},
        "list_payers": {},
        "get_balance": {},
        "get_order": order,
        "get_receipt": receipt,
        "get_receipt_pdf": receipt,
        "preview_license_order": {"quantity": 1},
        "order_licenses": LICENSES,
        "pay_order": {**order, "payment_method": "sandbox_ok"},
        "cancel_order": order,
        "subscribe": {"plan": "pro_gold", "payment_method": "sandbox_ok"},
    }


def answer(world, member, message, request):
    """The code of the refusal, or ok."""
    try:
        world.call(f"billing.{message}", as_=member.token, **request)
    except (Forbidden, Conflict) as refusal:
        return refusal.code
    return "ok"


def test_a_billing_only_member_uses_every_message_of_billing(world):
    firm = a_firm(world)
    bea = firm.member("billing_only", "Bea")

    answers = {
        message: answer(world, bea, message, request)
        for message, request in every_message(bought(world, bea)).items()
    }

    paid = {"pay_order": "order_already_paid", "cancel_order": "order_already_paid"}
    assert answers == dict.fromkeys(answers, "ok") | paid


@pytest.mark.together
@pytest.mark.proves("T20")
@pytest.mark.parametrize("role", ["admin", "billing_only"])
def test_a_removed_member_s_living_token_opens_nothing_any_more(world, role):
    firm = a_firm(world)
    gone = firm.member(role, "Gil")
    requests = every_message(bought(world, gone))
    del requests["list_plans"]  # the price list is everybody's
    assert answer(world, gone, "get_receipt", requests["get_receipt"]) == "ok"

    firm.remove(gone)

    answers = {each: answer(world, gone, each, request) for each, request in requests.items()}
    assert answers == dict.fromkeys(requests, "not_a_member")


@pytest.mark.together
def test_news_from_before_the_removal_do_not_bring_a_member_back(world):
    firm = a_firm(world)
    gone = firm.member("admin", "Gil")
    firm.remove(gone)

    older = firm.tell({**gone.state, "version": 1, "status": "active"})
    inbox = metadata.tables["inbox"]
    eventually(lambda: rows(world, inbox, event_id=older, state="done"))

    assert answer(world, gone, "get_subscription", {}) == "not_a_member"


@pytest.mark.together
@pytest.mark.proves("F112")
def test_an_unverified_account_causes_no_mails_by_declined_payments(world):
    """Its mailbox may be somebody else's: nothing is ordered, so nothing is told."""
    bea = a_firm(world).member("billing_only", "Bea")
    ids = bought(world, bea)
    requests = every_message(ids)
    token = world.as_person(account_id=bea.account_id, email="bea@ash.example", verified=False)

    for message in ("order_licenses", "subscribe", "pay_order"):
        declined = {**requests[message], "payment_method": "sandbox_declined"}
        with pytest.raises(Forbidden) as refused:
            world.call(f"billing.{message}", as_=token, **declined)
        assert refused.value.code == "email_not_verified"
    assert world.call("billing.get_order", as_=token, order_id=ids["order_id"])


@pytest.mark.together
def test_who_has_just_verified_buys_by_a_token_from_before(world):
    ana = a_professional(world)
    eventually(lambda: may_buy(world, ana))
    old = world.as_person(account_id=ana.account_id, email=ana.email, verified=False)

    assert world.call("billing.order_licenses", as_=old, **LICENSES)["order_id"]
