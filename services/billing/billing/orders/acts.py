"""Placing, paying again and cancelling an order; what ends with a firm; the currency it buys in.

The firm's subscription row is locked first, then the payment and its order, then the counter of
the receipts, everywhere in this order.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from billing.firms import storage as firms
from billing.firms.acts import trial_of
from billing.orders import storage
from billing.orders.currency import firm_currency
from billing.orders.errors import OrderAlreadyPaid, PaymentInProgress
from billing.orders.events import OrderCancelled
from billing.orders.ledger import EntryKind
from billing.orders.order import Order
from billing.plans.price_list import PriceList
from chassis.transactions import Transaction


def place(tx: Transaction, order: Order, method: str) -> Order:
    """Store a new order with its first payment, collected as soon as this has committed."""
    order.start_payment(method, tx.context(order.ordered_by))
    storage.add_order(tx.session, order)
    storage.add_entry(tx.session, order, EntryKind.ORDERED, tx.now)
    tx.wake("collect_payments")
    return order


def pay_again(tx: Transaction, firm_id: UUID, order_id: UUID, method: str) -> Order:
    """Pay a declined order by a new payment. Raises what Order.start_payment raises."""
    firms.lock_subscription(tx.session, firm_id)
    order = storage.lock_order(tx.session, firm_id, order_id)
    order.start_payment(method, tx.context(order.ordered_by))
    tx.wake("collect_payments")
    return order


def cancel(tx: Transaction, firm_id: UUID, order_id: UUID) -> Order:
    """Cancel an order that is not wanted any more.

    Raises StatementStaysOwed, OrderAlreadyPaid, PaymentInProgress.
    """
    firms.lock_subscription(tx.session, firm_id)
    order = storage.lock_order(tx.session, firm_id, order_id)
    order.require_cancellable()
    return _drop(tx, order)


def currency_of(tx: Transaction, prices: PriceList, firm_id: UUID, asked: str | None = None) -> str:
    """Return the currency the firm buys in. Raises CurrencyFixed where ``asked`` is another."""
    return firm_currency(prices, asked, storage.find_currency(tx.session, firm_id))


def wind_up(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> None:
    """End the closed firm's subscription; what is not paid is not asked for any more.

    A payment that a provider decides at this moment is recorded as ever. Heard before the firm's
    beginning, it keeps the trial from starting.
    """
    firms.project_firm(tx.session, firm)
    firms.add_trial(tx.session, trial_of(tx, firm, prices))
    tx.emit(firms.lock_subscription(tx.session, firm["firm_id"]).close())
    for order_id in storage.list_open_orders(tx.session, firm["firm_id"]):
        with suppress(OrderAlreadyPaid, PaymentInProgress):
            _drop(tx, storage.lock_order(tx.session, firm["firm_id"], order_id))


def _drop(tx: Transaction, order: Order) -> Order:
    if order.cancel(tx.now):
        storage.add_entry(tx.session, order, EntryKind.CANCELLED, tx.now)
        tx.emit(OrderCancelled(order.id, order.firm_id))
    return order
