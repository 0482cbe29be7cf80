"""What the screens show of a firm's subscription."""

from datetime import date
from typing import Any

from billing.firms.member import Buyer
from billing.firms.subscription import Subscription
from billing.plans.plan import CHOOSABLE


def subscription(current: Subscription, viewer: Buyer, today: date) -> dict[str, Any]:
    """Return a firm's subscription, its open levels, and what the viewer may do (S1-09, S1-12)."""
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
