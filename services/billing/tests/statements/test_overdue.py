"""A statement whose payment is declined: tried again, reminded of, and then no new licenses."""

import pytest

from chassis.errors import Conflict
from chassis.testing.world import eventually
from services.billing.tests.builders.months import (
    a_payer,
    let_statements_be_declined,
    pass_days,
    ring,
    stages,
    tries,
)
from services.billing.tests.builders.practice import when


@pytest.fixture
def late(world):
    """A firm whose statement is declined: its last card worked, and does no longer."""
    buyer = a_payer(world)
    let_statements_be_declined(world, buyer)
    return buyer


def test_a_declined_statement_is_tried_again_reminded_and_at_last_buying_is_suspended(world, late):
    assert (tries(late), stages(late)) == (1, [])

    for days, tried, told in ((3, 2, []), (4, 3, ["reminder"]), (7, 3, ["reminder", "suspended"])):
        pass_days(world, days)
        eventually(
            lambda tried=tried, told=told: (
                ring(world) or (tries(late), stages(late)) == (tried, told)
            )
        )

    with pytest.raises(Conflict) as refused:
        late.order()
    assert refused.value.code == "payment_overdue"
    (statement,) = late.statements()
    assert refused.value.details["order_id"] == statement["order_id"]


def test_within_the_grace_licenses_are_bought_and_what_is_there_can_always_be_looked_at(
    world, late
):
    pass_days(world, 13)
    assert late.order("manual")["status"] == "pending"

    pass_days(world, 2)
    eventually(lambda: ring(world) or "suspended" in stages(late))

    for method in ("get_balance", "list_receipts", "list_orders", "get_subscription"):
        assert late.ask(method) is not None


def test_a_statement_is_not_cancelled_and_can_still_be_paid(world, late):
    (statement,) = late.statements()

    with pytest.raises(Conflict) as refused:
        late.ask("cancel_order", order_id=statement["order_id"])

    assert refused.value.code == "statement_stays_owed"
    paid = late.ask("pay_order", order_id=statement["order_id"], payment_method="sandbox_ok")
    when(world, late.member, paid, "paid")


def test_paying_lifts_the_suspension_at_once(world, late):
    pass_days(world, 15)
    eventually(lambda: ring(world) or late.statements()[0]["suspended"])

    (statement,) = late.statements()
    late.ask("pay_order", order_id=statement["order_id"], payment_method="sandbox_ok")

    when(world, late.member, statement, "paid")
    assert late.statements()[0]["suspended"] is False
    when(world, late.member, late.order(), "paid")
