"""A firm in which nobody is left: nothing renews, and nothing more is charged or asked for."""

import eventlet

from billing.firms.subscription import Subscription, SubscriptionStatus
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.months import (
    Buyer,
    a_payer,
    a_year,
    charges,
    let_statements_be_declined,
    next_month,
    pass_days,
    ring,
    stages,
    tries,
)
from services.billing.tests.builders.practice import said, when


def close(world, firm_id, version=9):
    firm = {
        "firm_id": firm_id, "name": "Ash & Partners", "solo": True, "policy": "open",
        "owner_account_id": uuid7(), "version": version,
    }  # fmt: skip
    world.publish("groups", "firm_closed.v1", firm, subject=str(firm_id))
    eventually(lambda: status(world, firm_id) == "closed")


def status(world, firm_id):
    with world.transaction("billing") as tx:
        found = tx.session.get(Subscription, firm_id)
        return found.status if found else None


def changes(world, firm_id):
    return [one["status"] for one in said(world, "subscription_changed.v1", firm_id=firm_id)]


def test_the_subscription_of_a_closed_firm_is_closed_once_and_never_renews(world):
    buyer = Buyer(world, method="")
    placed = buyer.ask("subscribe", plan="pro_silver", payment_method="sandbox_ok")
    when(world, buyer.member, placed, "paid")

    close(world, buyer.firm.firm_id)
    close(world, buyer.firm.firm_id, version=10)
    pass_days(world, 400)

    eventlet.sleep(0.3)
    assert changes(world, buyer.firm.firm_id)[-2:] == ["active", "closed"]
    assert charges(buyer) == []


def test_a_firm_closed_before_it_is_heard_of_starts_no_trial(world):
    firm_id = uuid7()
    close(world, firm_id)

    firm = {
        "firm_id": firm_id, "name": "Ash", "solo": True, "policy": "open",
        "owner_account_id": uuid7(), "version": 1,
    }  # fmt: skip
    world.publish("groups", "firm_created.v1", firm, subject=str(firm_id))

    eventlet.sleep(0.3)
    assert status(world, firm_id) is SubscriptionStatus.CLOSED
    assert changes(world, firm_id) == ["closed"]


def test_a_closed_firm_gets_no_statement_and_an_open_one_does(world):
    gone, there = a_payer(world), a_payer(world)

    close(world, gone.firm.firm_id)
    next_month(world)

    eventually(there.statements)
    assert gone.statements() == []


def test_a_closed_firms_unpaid_statement_is_neither_tried_again_nor_reminded_of(world):
    gone, there = a_payer(world), a_payer(world)
    let_statements_be_declined(world, gone, there)

    close(world, gone.firm.firm_id)
    for days, tried in ((3, (2, [])), (4, (3, ["reminder"])), (7, (3, ["reminder", "suspended"]))):
        pass_days(world, days)
        eventually(lambda tried=tried: ring(world) or (tries(there), stages(there)) == tried)

    assert stages(gone) == []
    assert tries(gone) == 1
    (statement,) = gone.statements()
    assert gone.ask("get_order", order_id=statement["order_id"])["status"] == "cancelled"


def test_a_year_that_renews_late_is_on_no_statement_of_a_closed_firm(world):
    buyer = Buyer(world)
    close(world, buyer.firm.firm_id)

    a_year(buyer)
    eventually(lambda: charges(buyer))
    next_month(world)
    pass_days(world, 1)

    eventlet.sleep(0.3)
    assert buyer.statements() == []
