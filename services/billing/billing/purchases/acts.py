"""How orders come into being: the firm's row locked, the rules asked, a first payment started."""

from typing import Any

from billing.firms import storage as firms
from billing.firms import viewing
from billing.firms.member import Buyer
from billing.orders import storage as orders
from billing.orders.acts import currency_of, place
from billing.orders.currency import firm_currency
from billing.orders.order import Order
from billing.plans.plan import Level, PlanKey
from billing.plans.price_list import PriceList
from billing.purchases import buying
from billing.statements.acts import require_not_suspended
from chassis.transactions import Transaction


def order_licenses(
    tx: Transaction,
    prices: PriceList,
    buyer: Buyer,
    quantity: int,
    level: Level | None,
    currency: str | None,
    payment_method: str,
) -> Order:
    """Place an order for licenses, its payment under way (S1-13, S1-14)."""
    subscription = firms.lock_subscription(tx.session, buyer.firm_id)
    require_not_suspended(tx, buyer.firm_id)
    order = buying.license_order(
        prices,
        subscription,
        tx.context(buyer.account_id),
        quantity=quantity,
        chosen=level,
        currency=currency_of(tx, prices, buyer.firm_id, currency),
    )
    return place(tx, order, payment_method)


def subscribe(
    tx: Transaction,
    prices: PriceList,
    buyer: Buyer,
    plan: PlanKey,
    currency: str | None,
    payment_method: str,
) -> Order:
    """Place an order for a year's subscription; no second one while it is not paid."""
    subscription = firms.lock_subscription(tx.session, buyer.firm_id)
    orders.require_no_open_subscription(tx.session, buyer.firm_id)
    order = buying.subscription_order(
        prices,
        subscription,
        tx.context(buyer.account_id),
        plan=plan,
        currency=currency_of(tx, prices, buyer.firm_id, currency),
    )
    return place(tx, order, payment_method)


def offers(
    tx: Transaction, prices: PriceList, buyer: Buyer, quantity: int, currency: str | None
) -> dict[str, Any]:
    """Return the firm's subscription, what each plan would cost it, and so many licenses."""
    current = firms.get_subscription(tx.session, buyer.firm_id)
    used = orders.find_currency(tx.session, buyer.firm_id)
    chosen, today = firm_currency(prices, currency, used), tx.now.date()
    return {
        "subscription": viewing.subscription(current, buyer, today),
        "currencies": [used] if used else prices.currencies,
        "plans": buying.plan_offers(prices, current, chosen, today),
        "licenses": buying.preview_licenses(prices, current, quantity, None, chosen, today),
    }


def preview_licenses(
    tx: Transaction,
    prices: PriceList,
    buyer: Buyer,
    quantity: int,
    level: Level | None,
    currency: str | None,
) -> buying.Preview:
    """Return what the same order would cost, without placing it."""
    return buying.preview_licenses(
        prices,
        firms.get_subscription(tx.session, buyer.firm_id),
        quantity=quantity,
        chosen=level,
        currency=currency_of(tx, prices, buyer.firm_id, currency),
        today=tx.now.date(),
    )
