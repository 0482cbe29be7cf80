"""Buying what the practice needs: an open order is gone on with, so that none is placed twice."""

from collections.abc import Callable, Iterator
from typing import Any

from onboarding.money import money
from onboarding.people import SignedIn
from onboarding.practice import Practice
from onboarding.system import System, wait_for

OPEN = ("pending", "declined")
CONFIRM = "chambers call billing.confirm_manual_payment --as operator"


class PaymentDeclined(RuntimeError):
    """The provider does not take the money."""


class PaymentPending(RuntimeError):
    """The money is still to be received; running again goes on from there."""


class Buyer:
    """Buys for one firm. Its calls raise PaymentDeclined, PaymentPending, NotInTime."""

    def __init__(self, system: System, practice: Practice, founder: SignedIn) -> None:
        self._system = system
        self._practice = practice
        self._founder = founder

    def subscribe(self) -> int:
        """Subscribe to the practice's plan; return its price, in minor units.

        That is 0 where there is a paid one.
        """
        if self._call("billing.get_subscription")["level_fixed"]:
            return 0
        orders = list(self._orders("subscription"))
        for order in orders:
            if order["status"] in OPEN and order["plan"] == self._practice.plan:
                return int(self._settled(order)["total"])
        order = self._call(
            "billing.subscribe",
            key=self._practice.key("subscribe", f"{self._practice.plan} after {len(orders)}"),
            plan=self._practice.plan,
            payment_method=self._practice.payment_method,
            currency=self._practice.currency,
        )
        return int(self._settled(order)["total"])

    def licenses(
        self, quantity: int, total_before: int, fields: Callable[[int], dict[str, Any]]
    ) -> int:
        """Buy so many licenses; return their price in minor units.

        ``fields`` are those of an order.
        """
        paid, cancelled = 0, 0
        for order in list(self._orders("licenses")):
            cancelled += order["status"] == "cancelled"
            if order["status"] in OPEN and order["quantity"] <= quantity:
                paid += self._settled(order)["total"]
                quantity -= order["quantity"]
                total_before += order["quantity"]
        if not quantity:
            return paid
        # The total before is part of the key: a later shortage is another order. The same one,
        # asked for again before groups heard of the licenses, is answered as it was.
        key = self._practice.key("licenses", f"{total_before}+{quantity} after {cancelled}")
        method = self._practice.payment_method
        order = self._call(
            "billing.order_licenses", key=key, payment_method=method, **fields(quantity)
        )
        return int(paid + self._settled(order)["total"])

    def _orders(self, kind: str) -> Iterator[dict[str, Any]]:
        cursor = None
        while True:
            page = self._call("billing.list_orders", limit=200, cursor=cursor)
            yield from (order for order in page["items"] if order["kind"] == kind)
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def _settled(self, order: dict[str, Any]) -> dict[str, Any]:
        """Settle the order and return it; a declined one is tried by the method given now."""
        if order["status"] == "declined":
            order = self._call(
                "billing.pay_order",
                key=self._practice.key("pay", f"{order['order_id']} {len(order['payments'])}"),
                order_id=order["order_id"],
                payment_method=self._practice.payment_method,
            )
        order = wait_for(lambda: self._decided(order["order_id"]), "an answer of the provider")
        payment = order["payments"][-1]
        if order["status"] == "pending":
            amount = money(order["total"], order["currency"])
            raise PaymentPending(
                f"payment {payment['payment_id']} of {amount} has to come in: when it has, "
                f"confirm it ({CONFIRM}) and run this again"
            )
        if order["status"] != "paid":
            raise PaymentDeclined(
                f"the payment was declined ({payment['reason']}): "
                "name another payment_method and run this again"
            )
        return order

    def _decided(self, order_id: str) -> dict[str, Any] | None:
        """Return the order, unless its provider still has to answer."""
        order: dict[str, Any] = self._call("billing.get_order", order_id=order_id)
        waits = order["status"] == "pending" and order["payments"][-1]["status"] != "awaiting"
        return None if waits else order

    def _call(self, target: str, *, key: str | None = None, **fields: Any) -> Any:
        return self._founder.call(self._system, target, key=key, **fields)
