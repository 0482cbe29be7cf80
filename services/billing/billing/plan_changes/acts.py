"""Changing the plan: the rule asked, the difference charged, and the licenses' level told."""

from typing import Any

from billing.charges import storage as charges
from billing.firms import storage as firms
from billing.firms.member import Buyer
from billing.firms.subscription import Subscription
from billing.orders import storage as orders
from billing.orders.acts import currency_of
from billing.plan_changes.events import LicenseLevelsChanged
from billing.plan_changes.plan_change import PlanChange, plan_change, plan_change_charges
from billing.plans.plan import PlanKey
from billing.plans.price_list import PriceList
from billing.statements.acts import require_not_suspended
from chassis.transactions import Transaction


def preview(tx: Transaction, prices: PriceList, who: Buyer, plan: PlanKey) -> PlanChange:
    """Return what the change would cost today.

    Raises what ``plan_change`` raises, PaymentOverdue.
    """
    return _asked(tx, prices, who, firms.get_subscription(tx.session, who.firm_id), plan)


def change(tx: Transaction, prices: PriceList, who: Buyer, plan: PlanKey) -> PlanChange:
    """Change the plan from today on; the difference stands on the open account."""
    subscription = firms.lock_subscription(tx.session, who.firm_id)
    asked = _asked(tx, prices, who, subscription, plan)
    tx.emit(subscription.change(plan))
    for charge in plan_change_charges(asked, subscription, tx.context(who.account_id)):
        charges.add_charge(tx.session, charge)
    orders.set_level(tx.session, who.firm_id, asked.level)
    tx.emit(_told(asked, subscription, who, tx.now))
    return asked


def _asked(
    tx: Transaction, prices: PriceList, who: Buyer, subscription: Subscription, plan: PlanKey
) -> PlanChange:
    require_not_suspended(tx, who.firm_id)
    today = tx.now.date()
    terms = orders.list_terms(tx.session, who.firm_id, today)
    currency = currency_of(tx, prices, who.firm_id)
    return plan_change(prices, subscription, terms, plan, currency, today)


def _told(change: PlanChange, subscription: Subscription, who: Buyer, now: Any) -> Any:
    return LicenseLevelsChanged(
        firm_id=subscription.firm_id,
        from_level=change.from_level,
        level=change.level,
        changed_by=who.account_id,
        changed_at=now,
        version=subscription.version,
    )
