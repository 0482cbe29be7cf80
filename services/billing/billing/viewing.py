"""What the screens show of prices and of a subscription, put together from the domain."""

from datetime import date
from typing import Any

from billing.domain.member import Buyer
from billing.domain.plan import CHOOSABLE, Plan
from billing.domain.price_list import PriceList
from billing.domain.subscription import Subscription


def plans(prices: PriceList, payment_methods: list[str]) -> dict[str, Any]:
    """The price list; amounts in minor units."""
    return {
        "default_currency": prices.default_currency,
        "currencies": prices.currencies,
        "payment_methods": payment_methods,
        "trial_days": prices.trial_days,
        "items": [_plan(prices, plan) for plan in prices.plans.values()],
    }


def subscription(current: Subscription, viewer: Buyer, today: date) -> dict[str, Any]:
    """A firm's subscription, the levels open to it, and what the viewer may do (S1-09, S1-12)."""
    fixed = current.fixed_level(today)
    return {
        "firm_id": current.firm_id,
        "plan": current.plan,
        "level": current.level,
        "status": current.status,
        "period_end": current.period_end,
        "days_left": current.days_left,
        "level_fixed": fixed is not None,
        "levels": [fixed] if fixed else list(CHOOSABLE),
        "features": current.features(today),
        "can": _can(current, viewer, today),
    }


def _can(current: Subscription, viewer: Buyer, today: date) -> list[str]:
    if not viewer.may_buy:
        return []
    return ["order_licenses"] if current.is_paid(today) else ["order_licenses", "subscribe"]


def _plan(prices: PriceList, plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "name": plan.name,
        "level": plan.level,
        "features": plan.features,
        "prices": [
            {
                "currency": currency,
                "amount": plan.yearly[currency],
                "license_amount": prices.license_price(plan.level, currency),
            }
            for currency in prices.currencies
            if plan.level and currency in plan.yearly
        ],
    }
