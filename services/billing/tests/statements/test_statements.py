"""Renewals, the monthly statement they stand on, and what happens when it is not paid."""

from datetime import date

import pytest

from billing.orders import tables as order_tables
from billing.statements import tables as statement_tables
from chassis.errors import NotFound
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.months import (
    Buyer,
    a_year,
    charges,
    next_month,
    pass_days,
    ring,
)
from services.billing.tests.builders.practice import rows, said, when
from services.billing.tests.purchases.test_subscribing import subscribe


@pytest.mark.proves("S1-14", "Q3")
def test_another_year_of_a_license_is_charged_at_half_price_once_and_names_the_member(world):
    buyer = Buyer(world)
    year = a_year(buyer)
    a_year(buyer, license_id=year["license_id"])  # told once more
    a_year(buyer, license_id=year["license_id"], start=date(2028, 3, 2))

    found = eventually(lambda: len(charges(buyer)) == 2 and charges(buyer))

    assert {(one["amount"], one["member_name"], one["kind"]) for one in found} == {
        (9_950, "Ben Okafor", "license_renewal")
    }
    assert [one["period_start"] for one in found] == ["2028-03-02", "2027-03-02"]


@pytest.mark.proves("S1-20")
def test_a_license_that_disappeared_is_charged_to_nobody(world):
    buyer = Buyer(world)
    gone = {"license_id": uuid7(), "firm_id": buyer.firm.firm_id, "order_id": uuid7()}

    world.publish("groups", "license_expired.v1", gone, subject=str(gone["license_id"]))
    a_year(buyer)

    eventually(lambda: len(charges(buyer)) == 1)


def test_a_months_charges_become_one_statement_one_payment_and_one_receipt(world):
    buyer = Buyer(world)
    for _ in range(3):
        a_year(buyer)
    eventually(lambda: len(charges(buyer)) == 3)
    assert buyer.statements() == []

    next_month(world)

    (statement,) = eventually(buyer.statements)
    paid = when(world, buyer.member, statement, "paid")
    assert (statement["total"], len(statement["lines"]), paid["total"]) == (29_850, 3, 29_850)
    assert (paid["kind"], paid["payments"][0]["method"]) == ("statement", "sandbox_ok")
    newest, _purchase = buyer.ask("list_receipts")["items"]
    assert (newest["total"], len(newest["lines"])) == (29_850, 3)
    assert charges(buyer) == []
    (told,) = said(world, "statement_issued.v1", firm_id=buyer.firm.firm_id)
    assert [line["description"] for line in told["lines"]] == [
        "Pro Silver license of Ben Okafor, one more year"
    ] * 3


def test_a_month_is_closed_once_however_often_that_is_tried(world):
    buyer = Buyer(world)
    a_year(buyer)
    eventually(lambda: charges(buyer))
    next_month(world)
    for _ in range(5):
        ring(world)

    (statement,) = eventually(buyer.statements)
    when(world, buyer.member, statement, "paid")

    assert len(buyer.statements()) == 1
    assert len(rows(world, order_tables.orders, firm_id=buyer.firm.firm_id)) == 2


def test_a_firm_that_never_paid_here_is_asked_for_the_money_by_hand(world):
    buyer = Buyer(world, method="")
    a_year(buyer)
    eventually(lambda: charges(buyer))

    next_month(world)

    (statement,) = eventually(buyer.statements)
    order = buyer.ask("get_order", order_id=statement["order_id"])
    assert [one["method"] for one in order["payments"]] == ["manual"]


def test_a_paid_subscription_renews_by_one_charge_and_a_trial_ends(world):
    paying, trying = Buyer(world), Buyer(world, method="")
    when(world, paying.member, subscribe(world, paying.member, "pro_silver"), "paid")
    end = paying.ask("get_subscription")["period_end"]

    pass_days(world, 366)

    (charge,) = eventually(lambda: charges(paying))
    assert (charge["kind"], charge["amount"]) == ("subscription_renewal", 19_900)
    renewed = paying.ask("get_subscription")
    assert (renewed["status"], renewed["period_end"][:4]) == ("active", str(int(end[:4]) + 1))
    eventually(lambda: trying.ask("get_subscription")["status"] == "trial_ended")
    ring(world)
    assert len(charges(paying)) == 1
    assert charges(trying) == []


def test_who_owes_is_not_renewed(world):
    buyer = Buyer(world)
    when(world, buyer.member, subscribe(world, buyer.member, "pro_silver"), "paid")
    with world.transaction("billing") as tx:
        tx.session.execute(
            statement_tables.statements.insert().values(
                statement_id=uuid7(), firm_id=buyer.firm.firm_id, firm_name="x", number="x",
                month="2026-01", total=1, currency="USD", issued_at=tx.now, step="settled",
                suspended=True,
            )
        )  # fmt: skip

    pass_days(world, 366)

    eventually(lambda: buyer.ask("get_subscription")["status"] == "lapsed")
    assert charges(buyer) == []


def test_another_firms_statement_is_not_there(world):
    buyer, stranger = Buyer(world), Buyer(world, method="")
    a_year(buyer)
    eventually(lambda: charges(buyer))
    next_month(world)
    (statement,) = eventually(buyer.statements)

    with pytest.raises(NotFound) as refused:
        stranger.ask("get_statement", statement_id=statement["statement_id"])

    assert refused.value.code == "statement_not_found"
    assert (charges(stranger), stranger.statements()) == ([], [])


def test_the_balance_counts_what_statements_took(world):
    buyer = Buyer(world)
    a_year(buyer)
    eventually(lambda: charges(buyer))
    next_month(world)
    (statement,) = eventually(buyer.statements)
    when(world, buyer.member, statement, "paid")

    found = buyer.ask("get_balance")

    receipts = sum(one["total"] for one in buyer.ask("list_receipts")["items"])
    assert (found["charged"], found["open"]) == (receipts, 0)
