"""A firm's admin who pays by the month, and the passing of time, for tests of statements."""

from datetime import date, datetime, timedelta
from typing import Any

from billing.orders import tables
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.practice import a_firm, said, when

JOBS = ("end_subscriptions", "close_months", "chase_statements", "collect_payments")


class Buyer:
    """A firm's admin, signed in whatever time it is."""

    def __init__(self, world: Any, method: str = "sandbox_ok") -> None:
        self.world, self.firm = world, a_firm(world)
        self.member = self.firm.member("admin")
        if method:
            placed = self.order(method)
            when(world, self.member, placed, "paid")

    def renew(self) -> None:
        token = self.world.as_person(
            account_id=self.member.account_id, name="Ana", email=self.member.state["email"]
        )
        self.member.token = token

    def ask(self, method: str, **fields: Any) -> Any:
        self.renew()
        return self.world.call(f"billing.{method}", as_=self.member.token, **fields)

    def order(self, method: str = "sandbox_ok", quantity: int = 1) -> Any:
        return self.ask("order_licenses", quantity=quantity, level="silver", payment_method=method)

    def statements(self) -> Any:
        return self.ask("list_statements")["items"]


def a_year(buyer, license_id=None, start=date(2027, 3, 2), **changed):
    """What groups says when a license in use goes on."""
    year = {
        "license_id": license_id or uuid7(), "firm_id": buyer.firm.firm_id, "order_id": uuid7(),
        "number": 1, "level": "silver", "period_start": start,
        "paid_through": start.replace(year=start.year + 1), "member_id": uuid7(),
        "account_id": uuid7(), "member_name": "Ben Okafor", **changed,
    }  # fmt: skip
    buyer.world.publish("groups", "license_renewed.v1", year, subject=str(year["license_id"]))
    return year


def charges(buyer):
    return buyer.ask("list_charges")["items"]


def pass_days(world, days):
    world.clock.advance(timedelta(days=days))
    ring(world)


def ring(world):
    for job in JOBS:
        world.database("billing").provider.wakeups[job].ring()


def next_month(world):
    """Let the month end."""
    now = world.clock.now()
    ahead = datetime(now.year + now.month // 12, now.month % 12 + 1, 1, 0, 5, tzinfo=now.tzinfo)
    pass_days(world, (ahead - now) / timedelta(days=1))


def stages(buyer):
    """What was said of the firm's statements that are late."""
    told = said(buyer.world, "payment_overdue.v1", firm_id=buyer.firm.firm_id)
    return [one["stage"] for one in told]


def tries(buyer):
    """How often the firm's only statement was tried to be paid, and was not.

    A try that is still under way does not count: time that passes meanwhile would find it so.
    """
    (statement,) = buyer.statements()
    payments = buyer.ask("get_order", order_id=statement["order_id"])["payments"]
    return sum(payment["status"] == "declined" for payment in payments)


def _let_cards_fail(buyer):
    """From now on the card that worked last does no longer."""
    mine = tables.payments.update().where(tables.payments.c.firm_id == buyer.firm.firm_id)
    with buyer.world.transaction("billing") as tx:
        tx.session.execute(mine.values(method="sandbox_declined"))


def a_payer(world):
    """A firm with a charge on its open account."""
    buyer = Buyer(world)
    a_year(buyer)
    eventually(lambda: charges(buyer))
    return buyer


def let_statements_be_declined(world, *buyers):
    """The month ends, and the card that worked last does no longer."""
    for buyer in buyers:
        _let_cards_fail(buyer)
    next_month(world)
    for buyer in buyers:
        (statement,) = eventually(buyer.statements)
        when(world, buyer.member, statement, "declined")
