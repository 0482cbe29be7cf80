"""What joining or leaving a firm will do to money, by the very rules that then do it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from billing.coverages.coverage import Coverage
from billing.firms.member import needs_license
from billing.firms.subscription import Subscription
from billing.plans.plan import Level
from billing.plans.price_list import PriceList


class Becomes(StrEnum):
    """What happens to the subscription of somebody's own firm."""

    PAUSED = "paused"
    RESUMES = "resumes"
    TRIAL = "trial"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Personal:
    """The own firm's subscription: as it will be, but for ``status``, which is today's."""

    plan: str
    status: str
    period_end: date
    becomes: Becomes
    days_left: int | None


def on_joining(own: Subscription, coverage: Coverage, now: datetime) -> Personal:
    """Return what joining would do to the joiner's own subscription; nothing is changed."""
    then = replace(own)
    paused = replace(coverage).begin(own.firm_id, then, now)
    becomes = Becomes.PAUSED if paused else Becomes.UNCHANGED
    return Personal(then.plan, own.status, then.period_end, becomes, then.days_left)


def on_leaving(own: Subscription, coverage: Coverage, elsewhere: bool, now: datetime) -> Personal:
    """Return what leaving would do to the leaver's own subscription; nothing is changed."""
    then = replace(own)
    resumed = replace(coverage).end(then, elsewhere, now)
    becomes = Becomes.RESUMES if resumed else Becomes.UNCHANGED
    left = max((then.period_end - now.date()).days, 0)
    return Personal(then.plan, own.status, then.period_end, becomes, left)


def on_leaving_without_a_firm(firm_id: UUID, trial_days: int, now: datetime) -> Personal:
    """Return the trial with which the new firm of their own starts for a founder who leaves."""
    trial = Subscription.trial(firm_id, now.date(), trial_days)
    return Personal(trial.plan, trial.status, trial.period_end, Becomes.TRIAL, trial_days)


def renewal_amount(
    prices: PriceList,
    subscription: Subscription,
    role: str | None,
    level: Level | None,
    currency: str,
    today: date,
) -> int | None:
    """Return what a member's license costs the firm for its next year, in minor units.

    None for billing-only members, and where neither the firm's subscription nor ``level``, that
    of the license, says which price it is. ``role`` None: one that needs a license.
    """
    fixed = subscription.fixed_level(today) or level
    if fixed is None or not needs_license(role or ""):
        return None
    return prices.license_price(fixed, currency)
