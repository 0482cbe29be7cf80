"""What stays on paper: receipts without gaps, and a ledger that nobody changes."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from billing.firms import storage as firms
from billing.orders import storage as orders
from billing.orders.ledger import balance
from billing.plans.plan import PlanKey
from billing.settlements.acts import record_charge
from chassis import clock


def test_receipts_of_a_firm_are_numbered_without_a_gap(desk):
    buyer = desk.buyer()
    for _ in range(3):
        desk.order(buyer)
    desk.collect()

    numbers = [receipt["number"] for receipt in desk.said("receipt_issued.v1")]

    year = clock.now().year
    firm = buyer.firm_id.hex[-8:].upper()
    assert numbers == [f"{year}-{firm}-000{position}" for position in (1, 2, 3)]


class PowerCutError(Exception):
    pass


def fail_after_recording(desk, payment):
    with desk.db.transaction() as tx:
        record_charge(tx, payment.id, "ref")
        raise PowerCutError


def test_a_transaction_that_fails_gives_its_number_back(desk):
    buyer = desk.buyer()
    order = desk.order(buyer)
    payment = desk.claim()
    with pytest.raises(PowerCutError):
        fail_after_recording(desk, payment)
    assert desk.positions(buyer) == []

    desk.record(payment, desk.charge(payment))

    assert desk.see(order).status == "paid"
    assert desk.positions(buyer) == [1]


def test_each_firm_has_its_own_series(desk):
    one, other = desk.buyer(), desk.buyer()
    for buyer in (one, other, one):
        desk.order(buyer)
    desk.collect()

    assert (desk.positions(one), desk.positions(other)) == ([1, 2], [1])


def test_a_new_year_begins_with_one(desk):
    buyer = desk.buyer()
    desk.order(buyer)
    desk.collect()
    now = clock.now()
    desk.wait(datetime(now.year + 1, 1, 1, 12, tzinfo=now.tzinfo) - now)
    desk.order(buyer)
    desk.collect()

    assert desk.positions(buyer) == [1, 1]
    first, second = desk.said("receipt_issued.v1")
    assert first["number"].startswith(f"{now.year}-")
    assert second["number"].startswith(f"{now.year + 1}-")


@pytest.mark.proves("S1-14")
def test_a_receipt_has_lines_that_add_up(desk):
    desk.order(desk.buyer(), quantity=3)
    desk.collect()

    (receipt,) = desk.said("receipt_issued.v1")
    assert receipt["lines"] == [
        {
            "description": "Pro Gold license, one year",
            "quantity": 3,
            "unit_amount": 17_450,
            "amount": 52_350,
        }
    ]
    assert (receipt["total"], receipt["currency"]) == (52_350, "USD")
    assert receipt["firm_name"] == "Ash & Partners"


@pytest.mark.parametrize(
    "change", ["UPDATE ledger_entries SET amount = 0", "DELETE FROM ledger_entries"]
)
def test_the_ledger_refuses_every_change(desk, change):
    order = desk.order(desk.buyer())

    with pytest.raises(sa.exc.DBAPIError, match="ledger entries are never changed"):
        desk.execute(change)

    assert [entry.amount for entry in desk.rows("ledger_entries")] == [order.total]


def test_the_ledger_takes_a_charge_of_an_order_once(desk):
    order = desk.order(desk.buyer())
    desk.collect()

    with pytest.raises(sa.exc.IntegrityError), desk.db.transaction() as tx:
        orders.add_entry(tx.session, order, "charged", tx.now)


def test_the_balance_follows_what_is_ordered_paid_and_cancelled(desk):
    buyer = desk.buyer()

    def sums():
        with desk.db.transaction() as tx:
            found = balance("USD", orders.sum_entries(tx.session, buyer.firm_id, "USD"))
            return found.charged, found.open, found.refunded

    assert sums() == (0, 0, 0)
    desk.order(buyer)
    declined = desk.order(buyer, "sandbox_declined", quantity=1)
    assert sums() == (0, 52_350, 0)
    desk.collect()
    assert sums() == (34_900, 17_450, 0)
    desk.cancel(declined)
    assert sums() == (34_900, 0, 0)


def test_the_database_refuses_a_second_living_payment_of_an_order(desk):
    order = desk.order(desk.buyer())

    with pytest.raises(sa.exc.IntegrityError):
        desk.execute(
            "INSERT INTO payments (id, order_id, firm_id, method, amount, currency, created_at,"
            " status, attempts) SELECT firm_id, order_id, firm_id, method, amount, currency,"
            " created_at, 'awaiting', 0 FROM payments"
        )

    assert len(desk.see(order).payments) == 1


def test_a_subscription_lapses_and_its_level_with_it(desk):
    buyer = desk.buyer()
    desk.subscribe(buyer, PlanKey.PRO_SILVER)
    desk.collect()

    def ended():
        with desk.db.transaction() as tx:
            found = tx.session.scalars(firms.firms_with_ended_subscriptions(tx.now)).all()
            for firm_id in found:
                tx.emit(firms.lock_subscription(tx.session, firm_id).end(tx.now.date()))
            return len(found)

    desk.wait(timedelta(days=365))
    assert ended() == 0
    desk.wait(timedelta(days=2))
    assert ended() == 1
    assert ended() == 0
    statuses = [event["status"] for event in desk.said("subscription_changed.v1")]
    assert statuses == ["trial", "active", "lapsed"]
