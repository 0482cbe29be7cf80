"""How orders come into being: the firm's row locked, the rules asked, a first payment started."""

from typing import Any

from billing.firms import storage as firms
from billing.firms.member import Buyer
from billing.orders import storage as orders
from billing.orders.acts import currency_of, place
from billing.orders.order import Order
from billing.plans.price_list import PriceList
from billing.purchases import buying
from billing.statements.acts import require_not_suspended
from chassis.transactions import Transaction


def order_licenses(
    tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any]
) -> Order:
    """A placed order for licenses, its payment under way (S1-13, S1-14)."""
    subscription = firms.lock_subscription(tx.session, buyer.firm_id)
    require_not_suspended(tx, buyer.firm_id)
    order = buying.license_order(
        prices,
        subscription,
        tx.new_id(),
        buyer.account_id,
        quantity=request["quantity"],
        chosen=request["level"],
        currency=currency(tx, prices, buyer, request),
        now=tx.now,
    )
    return place(tx, order, request["payment_method"])


def subscribe(tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any]) -> Order:
    """A placed order for a year's subscription; no second one while it is not paid."""
    subscription = firms.lock_subscription(tx.session, buyer.firm_id)
    orders.require_no_open_subscription(tx.session, buyer.firm_id)
    order = buying.subscription_order(
        prices,
        subscription,
        tx.new_id(),
        buyer.account_id,
        plan=request["plan"],
        currency=currency(tx, prices, buyer, request),
        now=tx.now,
    )
    return place(tx, order, request["payment_method"])


def preview_licenses(
    tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any]
) -> buying.Preview:
    """What the same order would cost, without placing it."""
    return buying.preview_licenses(
        prices,
        firms.get_subscription(tx.session, buyer.firm_id),
        quantity=request["quantity"],
        chosen=request["level"],
        currency=currency(tx, prices, buyer, request),
        today=tx.now.date(),
    )


def currency(
    tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any] | None = None
) -> str:
    """The currency the firm buys in. Raises CurrencyFixed where the request names another."""
    asked = request["currency"] if request else None
    return currency_of(tx, prices, buyer.firm_id, asked)
