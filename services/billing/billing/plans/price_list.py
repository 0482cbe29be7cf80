"""The one price list: regular yearly prices per plan and currency, and what follows from them."""

from dataclasses import dataclass

from billing.plans.errors import CurrencyNotOffered, PlanNotForSale
from billing.plans.money import percent
from billing.plans.plan import PLAN_OF, Level, Plan, PlanKey

LICENSE_PERCENT = 50  # of the regular subscription price (S1-14)


@dataclass(frozen=True)
class PriceList:
    """Every plan with its prices; all amounts in minor units of their currency."""

    default_currency: str
    trial_days: int
    plans: dict[PlanKey, Plan]

    @property
    def currencies(self) -> list[str]:
        """The currencies that every plan has a price in, the default one first."""
        sold = next(plan.yearly for plan in self.plans.values() if plan.yearly)
        return sorted(sold, key=lambda currency: (currency != self.default_currency, currency))

    def plan_price(self, key: PlanKey, currency: str) -> int:
        """Return the regular price of one year. Raises PlanNotForSale, CurrencyNotOffered."""
        plan = self.plans[key]
        if not plan.yearly:
            raise PlanNotForSale(
                f"{plan.name} cannot be bought", fields={"plan": ["This plan is not for sale."]}
            )
        if currency not in plan.yearly:
            raise CurrencyNotOffered(
                f"there are no prices in {currency}",
                fields={"currency": [f"Must be one of: {', '.join(self.currencies)}."]},
            )
        return plan.yearly[currency]

    def license_price(self, level: Level, currency: str) -> int:
        """Return one license's price for a year.

        Half the level's regular price, rounded per unit (S1-14).
        """
        return percent(self.plan_price(PLAN_OF[level], currency), LICENSE_PERCENT)
