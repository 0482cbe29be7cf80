"""How orders come into being: the firm's row locked, the rules asked, a first payment started."""

from typing import Any

from billing import accounting, settling, storage
from billing.domain import buying
from billing.domain.member import Buyer
from billing.domain.order import Order
from billing.domain.price_list import PriceList
from chassis.transactions import Transaction


def order_licenses(
    tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any]
) -> Order:
    """A placed order for licenses, its payment under way (S1-13, S1-14)."""
    subscription = storage.lock_subscription(tx.session, buyer.firm_id)
    accounting.require_not_suspended(tx, buyer.firm_id)
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
    return settling.place(tx, order, request["payment_method"])


def subscribe(tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any]) -> Order:
    """A placed order for a year's subscription; no second one while it is not paid."""
    subscription = storage.lock_subscription(tx.session, buyer.firm_id)
    storage.require_no_open_subscription(tx.session, buyer.firm_id)
    order = buying.subscription_order(
        prices,
        subscription,
        tx.new_id(),
        buyer.account_id,
        plan=request["plan"],
        currency=currency(tx, prices, buyer, request),
        now=tx.now,
    )
    return settling.place(tx, order, request["payment_method"])


def preview_licenses(
    tx: Transaction, prices: PriceList, buyer: Buyer, request: dict[str, Any]
) -> buying.Preview:
    """What the same order would cost, without placing it."""
    return buying.preview_licenses(
        prices,
        storage.get_subscription(tx.session, buyer.firm_id),
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
    return accounting.currency_of(tx, prices, buyer.firm_id, asked)
