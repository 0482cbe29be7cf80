"""Ready-made things for the domain's tests."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from billing.firms.subscription import Subscription, SubscriptionStatus
from billing.orders.order import Order, OrderKind
from billing.plans.plan import Level, Plan, PlanKey
from billing.plans.price_list import PriceList
from chassis.changes import Context

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRICES = PriceList(
    "USD",
    30,
    {
        PlanKey.TRIAL: Plan(PlanKey.TRIAL, "Trial", {}),
        PlanKey.PRO_SILVER: Plan(PlanKey.PRO_SILVER, "Pro Silver", {"USD": 19_900, "EUR": 18_901}),
        PlanKey.PRO_GOLD: Plan(PlanKey.PRO_GOLD, "Pro Gold", {"USD": 34_900, "EUR": 32_900}),
        PlanKey.TEAMS: Plan(PlanKey.TEAMS, "Teams", {"USD": 49_900, "EUR": 46_900}),
        PlanKey.ENTERPRISE: Plan(PlanKey.ENTERPRISE, "Enterprise", {"USD": 99_900, "EUR": 94_900}),
    },
)


def context(at: datetime = NOW) -> Context:
    """Something is done now, or at another time; nobody asked for it."""
    return Context(None, at, uuid4)


def a_trial() -> Subscription:
    return Subscription.trial(uuid4(), TODAY, 30)


def a_paid_subscription(
    plan: PlanKey = PlanKey.PRO_GOLD,
    level: Level = Level.GOLD,
    period_end: date = date(2027, 1, 15),
) -> Subscription:
    return Subscription(uuid4(), plan, level, SubscriptionStatus.ACTIVE, period_end, 2)


def an_order(
    kind: OrderKind = OrderKind.LICENSES,
    quantity: int = 3,
    firm_id: UUID | None = None,
) -> Order:
    return Order(
        id=uuid4(),
        firm_id=firm_id or uuid4(),
        ordered_by=uuid4(),
        kind=kind,
        plan=PlanKey.PRO_GOLD,
        level=Level.GOLD,
        description="Pro Gold license, one year",
        quantity=quantity,
        unit_amount=17_450,
        currency="USD",
        ordered_at=NOW,
    )
