"""Changing the plan while it is paid for: the difference, for the days that are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.charges.charge import Charge, ChargeKind
from billing.firms.subscription import Subscription
from billing.orders.license_term import LicenseTerm
from billing.plan_changes.errors import NotSubscribed, PlanUnchanged
from billing.plans.money import share
from billing.plans.plan import LEVEL_OF, Level, PlanKey
from billing.plans.price_list import PriceList
from chassis.changes import Context

YEAR = 365  # days that a year's price is spread over; a leap day costs nothing


@dataclass(frozen=True)
class Prorated:
    """One line: ``amount`` in minor units, negative for what the firm gets back."""

    description: str
    quantity: int
    days: int
    amount: int


@dataclass(frozen=True)
class PlanChange:
    """What changing to ``plan`` today costs, or brings back."""

    plan: PlanKey
    name: str
    level: Level
    from_level: Level | None
    currency: str
    lines: list[Prorated]

    @property
    def total(self) -> int:
        """The sum of the lines in minor units."""
        return sum(line.amount for line in self.lines)


def plan_change(
    prices: PriceList,
    subscription: Subscription,
    terms: Sequence[LicenseTerm],
    plan: PlanKey,
    currency: str,
    today: date,
) -> PlanChange:
    """Return what the change costs, by the rule that a preview shows and the change follows.

    Raises NotSubscribed, PlanUnchanged, PlanNotForSale, CurrencyNotOffered.
    """
    if not subscription.is_paid(today):
        raise NotSubscribed("there is no paid subscription to change")
    if plan is subscription.plan:
        raise PlanUnchanged(f"the plan is {plan} already", plan=plan.value)
    old, new = subscription.plan, plan
    difference = prices.plan_price(new, currency) - prices.plan_price(old, currency)
    name, level = prices.plans[new].name, LEVEL_OF[new]
    days = days_left(subscription.period_end, today)
    own = Prorated(f"{name} subscription, {days} days", 1, days, prorated(difference, days))
    lines = [own, *_licenses(prices, terms, level, currency, today)]
    return PlanChange(plan, name, level, subscription.level, currency, lines)


def days_left(last_day: date, today: date) -> int:
    """Return the days after today that are paid for, a year at the most."""
    return min(max((last_day - today).days, 0), YEAR)


def prorated(difference: int, days: int) -> int:
    """Return a year's difference for so many days; alike back and forth, whatever the rounding."""
    part = share(abs(difference), days, YEAR)
    return part if difference >= 0 else -part


def plan_change_charges(
    change: PlanChange, subscription: Subscription, context: Context
) -> list[Charge]:
    """Return a charge for each line of the change; those that come to nothing are left out."""
    return [
        Charge(
            context.new_id(), subscription.firm_id, ChargeKind.PLAN_CHANGE,
            f"plan:{subscription.firm_id}:{subscription.version}:{number}",
            line.description, line.amount, change.currency, context.at, context.today,
        )
        for number, line in enumerate(change.lines)
        if line.amount
    ]  # fmt: skip


def _licenses(
    prices: PriceList, terms: Sequence[LicenseTerm], level: Level, currency: str, today: date
) -> list[Prorated]:
    """Return a line for the licenses of each last day and former level."""
    alike: dict[tuple[date, Level], int] = {}
    for term in terms:
        if term.paid_through > today and term.level is not level:
            key = term.paid_through, term.level
            alike[key] = alike.get(key, 0) + 1
    lines = []
    for (last_day, old), quantity in sorted(alike.items()):
        difference = prices.license_price(level, currency) - prices.license_price(old, currency)
        days = days_left(last_day, today)
        what = f"{quantity} {'license' if quantity == 1 else 'licenses'} {level}, {days} days"
        lines.append(Prorated(what, quantity, days, quantity * prorated(difference, days)))
    return lines
