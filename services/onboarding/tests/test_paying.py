"""Money that does not come at once holds the practice up, and is not asked for twice."""

import pytest

from onboarding.buying import PaymentDeclined, PaymentPending
from services.onboarding.tests.offices import an_office


def orders_of(office):
    founder = office.founder()
    return founder.call(office.system, "billing.list_orders")["items"]


def test_money_that_is_wired_is_waited_for_and_then_all_is_done(world, tmp_path):
    office = an_office(world, tmp_path, payment_method="manual")

    for _ in range(2):
        with pytest.raises(PaymentPending, match=r"99\.50 USD has to come in") as pending:
            office.take_in()
    [order] = orders_of(office)
    [payment] = order["payments"]
    assert payment["payment_id"] in str(pending.value)
    assert office.state()["clients"] == []

    world.call(
        "billing.confirm_manual_payment",
        as_=world.as_service("operator"),
        payment_id=payment["payment_id"],
        reference="wire 4711",
    )
    office.take_in()

    state = office.state()
    assert state["orders"] == [(1, "paid")]
    assert state["licenses"] == {"total": 2, "unused": 0, "held": 1}
    assert len(state["clients"]) == 3


def test_a_declined_payment_is_said_and_tried_by_the_method_named_next(world, tmp_path):
    office = an_office(world, tmp_path, payment_method="sandbox_declined")

    for attempts in (1, 2):
        with pytest.raises(PaymentDeclined, match=r"card_declined.*another payment_method"):
            office.take_in()
        assert [len(order["payments"]) for order in orders_of(office)] == [attempts]
    office.rewrite("sandbox_declined", "sandbox_ok")
    office.take_in()

    assert office.state()["orders"] == [(1, "paid")]


def test_a_declined_subscription_is_paid_by_the_method_named_next(world, tmp_path):
    office = an_office(world, tmp_path, plan="pro_silver", payment_method="sandbox_declined")

    with pytest.raises(PaymentDeclined):
        office.take_in()
    office.rewrite("sandbox_declined", "sandbox_ok")
    office.take_in()

    assert [order["kind"] for order in orders_of(office)] == ["licenses", "subscription"]
    assert office.state()["orders"] == [(1, "paid"), (1, "paid")]


def test_an_answer_that_is_lost_costs_nothing_twice(world, tmp_path):
    office = an_office(world, tmp_path, payment_method="sandbox_timeout_once")

    report = office.take_in()

    assert report.paid == 9_950
    assert office.state()["orders"] == [(1, "paid")]


def test_an_open_order_counts_towards_what_is_needed(world, tmp_path):
    office = an_office(world, tmp_path, payment_method="sandbox_declined")
    with pytest.raises(PaymentDeclined):
        office.take_in()

    office.rewrite("sandbox_declined", "sandbox_ok")
    own = office.practice.founder.email.partition("@")[2]
    text = office.path.read_text(encoding="utf-8")
    more = f'[[members]]\nname = "Ned New"\nemail = "ned@{own}"\n'
    office.path.write_text(f"{text}\n{more}", encoding="utf-8")
    office.take_in()

    assert office.state()["orders"] == [(1, "paid"), (1, "paid")]
    assert office.state()["licenses"] == {"total": 3, "unused": 0, "held": 2}


def test_a_cancelled_order_is_not_paid_and_another_is_placed(world, tmp_path):
    office = an_office(world, tmp_path, payment_method="manual")
    with pytest.raises(PaymentPending):
        office.take_in()
    [order] = orders_of(office)
    office.founder().call(office.system, "billing.cancel_order", order_id=order["order_id"])

    office.rewrite("manual", "sandbox_ok")
    office.take_in()

    assert office.state()["orders"] == [(1, "cancelled"), (1, "paid")]
