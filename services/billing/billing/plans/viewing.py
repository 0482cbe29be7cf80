"""What the screens show of the price list."""

from typing import Any

from billing.plans.plan import Plan
from billing.plans.price_list import PriceList


def plans(prices: PriceList, payment_methods: list[str], transfer_to: str) -> dict[str, Any]:
    """Return the price list; amounts in minor units."""
    return {
        "default_currency": prices.default_currency,
        "currencies": prices.currencies,
        "payment_methods": payment_methods,
        "transfer_to": transfer_to,
        "trial_days": prices.trial_days,
        "items": [_plan(prices, plan) for plan in prices.plans.values()],
    }


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
