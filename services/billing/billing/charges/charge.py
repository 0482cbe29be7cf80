"""Charge: something a firm owes without having ordered it just now, for the month's statement."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from billing.firms.subscription import Subscription
from billing.plans.plan import PLAN_OF, Level
from billing.plans.price_list import PriceList
from chassis.changes import Context


class ChargeKind(StrEnum):
    """Why it is owed; a credit is carried over from a month that came to nothing."""

    LICENSE_RENEWAL = "license_renewal"
    SUBSCRIPTION_RENEWAL = "subscription_renewal"
    PLAN_CHANGE = "plan_change"
    CREDIT = "credit"


@dataclass(eq=False)
class Charge:
    """``amount`` in minor units of ``currency``; negative for what the firm gets back.

    ``source`` names what it is for, so that the same thing is charged once.
    """

    charge_id: UUID
    firm_id: UUID
    kind: ChargeKind
    source: str
    description: str
    amount: int
    currency: str
    made_at: datetime
    period_start: date | None = None
    period_end: date | None = None
    member_id: UUID | None = None  # whose license it is (S1-38)
    account_id: UUID | None = None
    member_name: str | None = None
    statement_id: UUID | None = None  # None: on the open account

    @property
    def month(self) -> str:
        """The month (UTC) on whose statement it stands: ``2027-03``."""
        return f"{self.made_at:%Y-%m}"


def license_renewal(
    prices: PriceList, year: dict[str, Any], currency: str, context: Context
) -> Charge:
    """Return another year of a member's license, at half the level's regular price (S1-14, Q3)."""
    level = Level(year["level"])
    name = prices.plans[PLAN_OF[level]].name
    return Charge(
        charge_id=context.new_id(),
        firm_id=year["firm_id"],
        kind=ChargeKind.LICENSE_RENEWAL,
        source=f"license:{year['license_id']}:{year['period_start']}",
        description=f"{name} license of {year['member_name']}, one more year",
        amount=prices.license_price(level, currency),
        currency=currency,
        made_at=context.at,
        period_start=year["period_start"],
        period_end=year["paid_through"],
        member_id=year["member_id"],
        account_id=year["account_id"],
        member_name=year["member_name"],
    )


def subscription_renewal(
    prices: PriceList,
    subscription: Subscription,
    start: date,
    currency: str,
    context: Context,
) -> Charge:
    """Return another year of the firm's own subscription, at the regular price, from ``start``."""
    return Charge(
        charge_id=context.new_id(),
        firm_id=subscription.firm_id,
        kind=ChargeKind.SUBSCRIPTION_RENEWAL,
        source=f"subscription:{subscription.firm_id}:{start}",
        description=f"{prices.plans[subscription.plan].name} subscription, one more year",
        amount=prices.plan_price(subscription.plan, currency),
        currency=currency,
        made_at=context.at,
        period_start=start,
        period_end=subscription.period_end,
    )


def carried_over(last: "Charge", total: int, month: str, context: Context) -> Charge:
    """Return what a month leaves to the firm's good, for its next statement."""
    return Charge(
        context.new_id(), last.firm_id, ChargeKind.CREDIT, f"carried:{last.firm_id}:{month}",
        f"Carried over from {month}", total, last.currency, context.at,
    )  # fmt: skip
