"""What is offered to a firm today, and the orders that come of it."""

from dataclasses import dataclass
from datetime import date

from billing.firms.subscription import Subscription
from billing.orders.order import Order, OrderKind
from billing.plans.period import one_year_after
from billing.plans.plan import CHOOSABLE, LEVEL_OF, PLAN_OF, Feature, Level, PlanKey
from billing.plans.price_list import PriceList
from chassis.changes import Context


@dataclass(frozen=True)
class Offer:
    """Licenses of one level; amounts in minor units of the preview's currency."""

    level: Level
    regular_amount: int
    unit_amount: int
    total: int


@dataclass(frozen=True)
class PlanOffer:
    """A plan that is for sale; amounts in minor units. ``can`` is what the firm may do with it."""

    plan: PlanKey
    name: str
    level: Level
    features: list[Feature]
    currency: str
    amount: int
    license_amount: int
    can: list[str]


@dataclass(frozen=True)
class Preview:
    """What an order would cost; ``level`` and sums are None while a level is to be chosen."""

    quantity: int
    currency: str
    level_fixed: bool
    paid_through: date
    offers: list[Offer]

    @property
    def _only(self) -> Offer | None:
        return self.offers[0] if len(self.offers) == 1 else None

    @property
    def level(self) -> Level | None:
        """The level, where it is decided."""
        return self._only.level if self._only else None

    @property
    def unit_amount(self) -> int | None:
        """One license's price, where the level is decided."""
        return self._only.unit_amount if self._only else None

    @property
    def total(self) -> int | None:
        """All licenses' price, where the level is decided."""
        return self._only.total if self._only else None


def preview_licenses(
    prices: PriceList,
    subscription: Subscription,
    quantity: int,
    chosen: Level | None,
    currency: str,
    today: date,
) -> Preview:
    """Return what these licenses would cost today; one offer per level that is open to the buyer.

    Raises what ordering them would raise, except that the choice of a level may be left open.
    """
    fixed = subscription.fixed_level(today)
    if fixed is None and chosen is None:
        levels = list(CHOOSABLE)
    else:
        levels = [subscription.license_level(chosen, today)]
    offers = [_offer(prices, level, quantity, currency) for level in levels]
    return Preview(quantity, currency, fixed is not None, one_year_after(today), offers)


def plan_offers(
    prices: PriceList, subscription: Subscription, currency: str, today: date
) -> list[PlanOffer]:
    """Return each plan that is for sale, at its yearly price. Raises CurrencyNotOffered."""
    step = "change_plan" if subscription.is_paid(today) else "subscribe"
    return [
        PlanOffer(
            plan.key, plan.name, LEVEL_OF[plan.key], plan.features, currency,
            prices.plan_price(plan.key, currency),
            prices.license_price(LEVEL_OF[plan.key], currency),
            [] if subscription.has_now(plan.key, today) else [step],
        )
        for plan in prices.plans.values()
        if plan.yearly
    ]  # fmt: skip


def license_order(
    prices: PriceList,
    subscription: Subscription,
    context: Context,
    quantity: int,
    chosen: Level | None,
    currency: str,
) -> Order:
    """Return an order of licenses at half the regular price each (S1-14).

    Their level is by S1-10 .. S1-12.
    """
    level = subscription.license_level(chosen, context.today)
    plan = PLAN_OF[level]
    unit_amount = prices.license_price(level, currency)
    name = prices.plans[plan].name
    return Order(
        context.new_id(), subscription.firm_id, context.by, OrderKind.LICENSES, plan, level,
        f"{name} license, one year", quantity, unit_amount, currency, context.at,
    )  # fmt: skip


def subscription_order(
    prices: PriceList,
    subscription: Subscription,
    context: Context,
    plan: PlanKey,
    currency: str,
) -> Order:
    """Return an order of a year's subscription at the regular price.

    Raises AlreadySubscribed while a paid one runs; PlanNotForSale, CurrencyNotOffered.
    """
    subscription.require_unpaid(context.today)
    price = prices.plan_price(plan, currency)
    name = prices.plans[plan].name
    return Order(
        context.new_id(), subscription.firm_id, context.by, OrderKind.SUBSCRIPTION, plan,
        LEVEL_OF[plan], f"{name} subscription, one year", 1, price, currency, context.at,
    )  # fmt: skip


def _offer(prices: PriceList, level: Level, quantity: int, currency: str) -> Offer:
    unit_amount = prices.license_price(level, currency)
    regular = prices.plan_price(PLAN_OF[level], currency)
    return Offer(level, regular, unit_amount, quantity * unit_amount)
