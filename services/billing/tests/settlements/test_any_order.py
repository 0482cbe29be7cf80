"""Whatever workers and buyers do in whatever order, the books agree in the end."""

import shutil
import tempfile
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from billing.orders.errors import OrderAlreadyPaid, OrderWasCancelled, PaymentInProgress
from chassis import clock
from services.billing.tests.builders.desk import LEASE, MOMENT, opened_desk

pytestmark = pytest.mark.heavy

METHODS = st.sampled_from(["sandbox_ok", "sandbox_declined", "sandbox_timeout_once"])
REFUSALS = (OrderAlreadyPaid, OrderWasCancelled, PaymentInProgress)


class Workers(RuleBasedStateMachine):
    """Steps of several workers, deaths, lapses of time, and buyers who try again or give up.

    A worker that dies is one whose next step never comes; outcomes are recorded late and twice.
    """

    @initialize()
    def open(self):
        self.cleanup = ExitStack()
        directory = Path(tempfile.mkdtemp(prefix="chambers-billing-"))
        self.cleanup.callback(shutil.rmtree, directory)
        self.cleanup.callback(clock.reset)
        self.desk = self.cleanup.enter_context(opened_desk(None, directory))
        self.buyer = self.desk.buyer()
        self.orders, self.claimed, self.outcomes = [], [], []

    @rule(method=METHODS)
    def order(self, method):
        self.orders.append(self.desk.order(self.buyer, method, quantity=1))

    @precondition(lambda self: self.orders)
    @rule()
    def claim(self):
        payment = self.desk.claim()
        if payment is not None:
            self.claimed.append(payment)

    @precondition(lambda self: self.claimed)
    @rule(which=st.integers(0, 99))
    def charge(self, which):
        payment = self.claimed[which % len(self.claimed)]
        self.outcomes.append((payment, self.desk.charge(payment)))

    @precondition(lambda self: self.outcomes)
    @rule(which=st.integers(0, 99))
    def record(self, which):
        self.desk.record(*self.outcomes[which % len(self.outcomes)])

    @precondition(lambda self: self.claimed)
    @rule()
    def let_leases_end(self):
        self.desk.wait(LEASE + MOMENT)

    @precondition(lambda self: self.outcomes)
    @rule(which=st.integers(0, 99), method=METHODS)
    def pay_again(self, which, method):
        self.unless_refused(which, lambda order: self.desk.pay_again(order, method))

    @precondition(lambda self: self.outcomes)
    @rule(which=st.integers(0, 99))
    def cancel(self, which):
        self.unless_refused(which, self.desk.cancel)

    def unless_refused(self, which, change):
        with suppress(REFUSALS):
            change(self.orders[which % len(self.orders)])

    def teardown(self):
        if not hasattr(self, "cleanup"):
            return
        with self.cleanup:
            self.finish()
            self.check()

    def finish(self):
        for _ in range(3):
            self.desk.wait(timedelta(minutes=11))
            self.desk.collect()

    def check(self):
        orders = [self.desk.see(order) for order in self.orders]
        paid = [order for order in orders if order.status == "paid"]
        assert {order.status for order in orders} <= {"paid", "declined", "cancelled"}
        assert self.desk.money_taken() == sum(order.total for order in paid)
        receipts = self.desk.said("receipt_issued.v1")
        assert sorted(each["order_id"] for each in receipts) == sorted(str(o.id) for o in paid)
        assert len(self.desk.said("licenses_purchased.v1")) == len(paid)
        assert sorted(self.desk.positions(self.buyer)) == list(range(1, len(paid) + 1))
        entries = self.desk.rows("ledger_entries", kind="charged")
        assert sum(entry.amount for entry in entries) == self.desk.money_taken()


class TestWorkers(Workers.TestCase):
    settings = settings(
        max_examples=10,
        stateful_step_count=40,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
        suppress_health_check=[HealthCheck.too_slow],
    )
