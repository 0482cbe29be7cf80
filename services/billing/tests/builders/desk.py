"""Billing without bus and jobs: its database, its prices, and a hand on every step."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from billing.firms import storage as firms
from billing.firms.acts import take_over
from billing.firms.member import Buyer
from billing.orders import acts as ordering
from billing.orders import storage as orders
from billing.orders.order import Order
from billing.plans.before import load_prices
from billing.plans.plan import Level, PlanKey
from billing.purchases import acts as purchasing
from billing.settlements import acts as settling
from billing.settlements import before as collecting
from billing.settlements.before import Claimed
from billing.settlements.gateways_before import OfferedGateways
from billing.tables import metadata
from chassis import clock
from chassis.auth import Actor
from chassis.calls import Call
from chassis.database import BoundDatabase, Database
from chassis.ids import uuid7
from chassis.migrations import upgrade
from chassis.relay import Relay
from chassis.store import Store
from chassis.testing.stacks import fresh_database

LEASE = timedelta(minutes=2)
MOMENT = timedelta(seconds=10)  # the clock goes on while a test runs
TOTAL = 34_900  # of two gold licenses, in cents
SETTINGS = {"gateways": "manual,sandbox", "sandbox_slow": 1.5}


class Desk:
    """What a test does with billing by hand."""

    def __init__(self, db: BoundDatabase) -> None:
        self.db = db
        self.prices = load_prices()
        self.gateways = OfferedGateways(SETTINGS)

    def buyer(self, role: str = "admin", firm_id: UUID | None = None) -> Buyer:
        """An active member of a firm in its trial, of a new firm where none is named."""
        firm = {"firm_id": firm_id or uuid7(), "name": "Ash & Partners", "version": 1}
        member = {
            "member_id": uuid7(), "firm_id": firm["firm_id"], "account_id": uuid7(),
            "name": f"A {role}", "email": f"{role}@firm.example", "role": role,
            "status": "active", "version": 1,
        }  # fmt: skip
        with self.db.transaction() as tx:
            take_over(tx, firm, self.prices)
            firms.project_member(tx.session, member)
        return Buyer(member["account_id"], firm["firm_id"], role)

    def order(self, buyer: Buyer, method: str = "sandbox_ok", quantity: int = 2) -> Order:
        """An order of gold licenses with its first payment, not collected yet."""
        with self.db.transaction() as tx:
            return purchasing.order_licenses(
                tx, self.prices, buyer, quantity, Level.GOLD, currency=None, payment_method=method
            )

    def subscribe(self, buyer: Buyer, plan: PlanKey, method: str = "sandbox_ok") -> Order:
        """An order of a subscription."""
        with self.db.transaction() as tx:
            return purchasing.subscribe(
                tx, self.prices, buyer, plan, currency=None, payment_method=method
            )

    def pay_again(self, order: Order, method: str) -> None:
        """A new payment of a declined order."""
        with self.db.transaction() as tx:
            ordering.pay_again(tx, order.firm_id, order.id, method)

    def cancel(self, order: Order) -> None:
        """The order is not wanted any more."""
        with self.db.transaction() as tx:
            ordering.cancel(tx, order.firm_id, order.id)

    def confirm(self, order: Order, reference: str) -> None:
        """The money of the order's last payment has come."""
        with self.db.transaction() as tx:
            settling.record_confirmation(tx, order.payments[-1].id, reference)

    def collect(self) -> int:
        """What the job does."""
        return collecting.collect(self.db, self.gateways, LEASE)

    def claim(self) -> Claimed | None:
        """The job's first step."""
        return collecting.claim(self.db, LEASE)

    def charge(self, payment: Claimed) -> Any:
        """The job's second step."""
        return collecting.charge(self.db, self.gateways, payment)

    def record(self, payment: Claimed, outcome: Any) -> None:
        """The job's third step."""
        collecting.record(self.db, payment, outcome)

    def see(self, order: Order) -> Order:
        """The order as it stands."""
        with self.db.transaction() as tx:
            return orders.get_order(tx.session, order.firm_id, order.id)

    def rows(self, table: str, **equal: Any) -> list[Any]:
        """A table's rows."""
        query = sa.select(metadata.tables[table]).filter_by(**equal)
        with self.db.transaction() as tx:
            return list(tx.session.execute(query).all())

    def money_taken(self) -> int:
        """What the provider's own books say, in minor units."""
        return sum(charge.amount for charge in self.rows("sandbox_charges"))

    def said(self, event_type: str) -> list[dict[str, Any]]:
        """The data of the events of this type, in order."""
        rows = sorted(self.rows("outbox", type=event_type), key=lambda row: row.id)
        return [orjson.loads(row.envelope)["data"] for row in rows]

    def positions(self, buyer: Buyer) -> list[int]:
        """The positions of the firm's receipts in the order of their issue."""
        found = self.rows("receipts", firm_id=buyer.firm_id)
        return [row.position for row in sorted(found, key=lambda row: (row.issued_at, row.id))]

    def execute(self, statement: str) -> None:
        """Plain SQL, as somebody with access to the database could send it."""
        with self.db.transaction() as tx:
            tx.session.execute(sa.text(statement))

    @staticmethod
    def wait(step: timedelta) -> None:
        """Let time pass."""
        clock.advance(step)


@contextmanager
def opened_desk(server: str | None, directory: Path) -> Iterator[Desk]:
    """A desk on a fresh SQLite file, or on a fresh database of that PostgreSQL server."""
    with ExitStack() as cleanup:
        if server is None:
            url = f"sqlite:///{directory / 'billing.db'}"
        else:
            url = cleanup.enter_context(fresh_database(server, "billing"))
        upgrade("billing", url)
        database = Database(metadata)
        database.store = Store(url)
        cleanup.callback(database.store.close)
        if database.store.sqlite:
            sa.event.listen(database.store.engine, "connect", _hurry)
        database.relay, database.wakeups = Relay("billing", database.store, {}, dict), {}
        actor = Actor.of_service("billing")
        call = Call("billing", "test", "job", call_id="", stack=[], actor=actor)
        yield Desk(BoundDatabase(database, call))


def _hurry(connection: Any, _record: Any) -> None:
    """These files end with the test: nobody cuts the power in between."""
    connection.execute("PRAGMA synchronous=OFF")


def assert_paid_once(desk: Desk, order: Order) -> None:
    """One charge, one receipt, one batch of licenses, two ledger entries."""
    assert desk.see(order).status == "paid"
    assert desk.money_taken() == TOTAL
    assert len(desk.said("receipt_issued.v1")) == 1
    assert len(desk.said("licenses_purchased.v1")) == 1
    entries = desk.rows("ledger_entries", order_id=order.id)
    assert sorted((entry.kind, entry.amount) for entry in entries) == [
        ("charged", TOTAL),
        ("ordered", TOTAL),
    ]
