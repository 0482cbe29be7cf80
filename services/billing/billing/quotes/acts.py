"""What others show before somebody invites, joins or leaves: sums and dates; nothing changes."""

from datetime import date
from typing import Any
from uuid import UUID

from billing.coverages import storage as coverages
from billing.coverages.coverage import Coverage
from billing.firms import storage as firms
from billing.firms.acts import member_by_account
from billing.firms.errors import NotAMember
from billing.orders import storage as orders
from billing.orders.acts import currency_of
from billing.plans.plan import Level
from billing.plans.price_list import PriceList
from billing.purchases import buying
from billing.quotes import foreseeing
from chassis.transactions import Transaction


def licenses(tx: Transaction, prices: PriceList, account_id: UUID, quantity: int) -> buying.Preview:
    """Return what so many licenses would cost that person's firm.

    Raises NotAMember, BuyingNotAllowed.
    """
    who = member_by_account(tx, account_id)
    who.require_buying()
    return buying.preview_licenses(
        prices,
        firms.get_subscription(tx.session, who.firm_id),
        quantity=quantity,
        chosen=None,
        currency=currency_of(tx, prices, who.firm_id),
        today=tx.now.date(),
    )


def joining(
    tx: Transaction,
    prices: PriceList,
    account_id: UUID,
    firm_id: UUID,
    role: str | None,
    level: Level | None,
    paid_through: date | None,
) -> dict[str, Any]:
    """Return both sides' money when that person joins the firm (S1-38, S1-39).

    Nothing is due on joining: the license is paid for. Raises NotAMember, FirmNotKnownYet.
    """
    home = member_by_account(tx, account_id).firm_id
    own = firms.get_subscription(tx.session, home)
    coverage = Coverage(tx.new_id(), firm_id, account_id)
    currency = currency_of(tx, prices, firm_id)
    amount = _renewal(tx, prices, firm_id, role, level, currency)
    renews_on = None if amount is None else paid_through
    return {
        "currency": currency,
        "personal": foreseeing.on_joining(own, coverage, tx.now),
        "firm": {"renewal_amount": amount, "renews_on": renews_on, "due_now": 0},
        "license_prices": orders.list_license_prices(tx.session, home, tx.now.date()),
    }


def leaving(
    tx: Transaction, prices: PriceList, account_id: UUID, firm_id: UUID, level: Level | None
) -> dict[str, Any]:
    """Return both sides' money when that person leaves the firm. Raises NotAMember of this firm."""
    who = member_by_account(tx, account_id)
    if who.firm_id != firm_id:
        raise NotAMember("not an active member of this firm")
    currency = currency_of(tx, prices, firm_id)
    saved = _renewal(tx, prices, firm_id, who.role, level, currency)
    return {
        "currency": currency,
        "personal": _after_leaving(tx, prices, firm_id, account_id),
        "firm": {"renewal_amount_saved": saved},
    }


def closing(tx: Transaction, prices: PriceList, firm_id: UUID) -> dict[str, Any]:
    """Return what ends with the firm: its subscription, paid or not, and what it has not paid yet.

    Raises FirmNotKnownYet.
    """
    subscription = firms.get_subscription(tx.session, firm_id)
    return {
        "currency": currency_of(tx, prices, firm_id),
        "plan": subscription.plan,
        "status": subscription.status,
        "period_end": subscription.period_end,
        "days_left": max((subscription.period_end - tx.now.date()).days, 0),
        "orders_cancelled": len(orders.list_open_orders(tx.session, firm_id)),
    }


def _after_leaving(
    tx: Transaction, prices: PriceList, firm_id: UUID, account_id: UUID
) -> foreseeing.Personal:
    coverage = coverages.find_open_coverage(tx.session, firm_id, account_id)
    if coverage is None or coverage.home_firm_id is None:
        return foreseeing.on_leaving_without_a_firm(tx.new_id(), prices.trial_days, tx.now)
    home = coverage.home_firm_id
    own = firms.get_subscription(tx.session, home)
    elsewhere = coverages.is_covered_elsewhere(tx.session, home, coverage.member_id)
    return foreseeing.on_leaving(own, coverage, elsewhere, tx.now)


def _renewal(
    tx: Transaction, prices: PriceList, firm_id: UUID, role: str | None, level: Any, currency: str
) -> int | None:
    subscription = firms.get_subscription(tx.session, firm_id)
    today = tx.now.date()
    return foreseeing.renewal_amount(prices, subscription, role, level, currency, today)
