"""Reads a price list from what its file says, and says everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from billing.plans.plan import Plan, PlanKey
from billing.plans.price_list import PriceList

MAX_PRICE = 1_000_000_000  # minor units; beyond it is a slip of the keyboard
MAX_TRIAL_DAYS = 3_650
_CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217
_SOLD = [key for key in PlanKey if key is not PlanKey.TRIAL]


class InvalidPriceList(ValueError):
    """The price list cannot be used; ``problems`` says, a sentence each, what to put right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_price_list(data: Mapping[str, Any]) -> PriceList:
    """Return the price list behind a parsed TOML file. Raises InvalidPriceList."""
    problems = [*_unknown(data), *_plan_problems(data), *_currency_problems(data)]
    if problems:
        raise InvalidPriceList(problems)
    plans = data["plans"]
    return PriceList(
        default_currency=data["default_currency"],
        trial_days=plans[PlanKey.TRIAL]["days"],
        plans={
            key: Plan(key, plans[key]["name"], dict(plans[key].get("yearly", {})))
            for key in PlanKey
        },
    )


def _table(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Return the table at ``path``; empty where there is none, or something else."""
    found: Any = data
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _unknown(data: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(set(data) - {"default_currency", "plans"}):
        yield f"{name!r} is not a setting of a price list"
    for name in sorted(set(_table(data, "plans")) - set(PlanKey)):
        yield f"plans.{name}: there is no such plan; there are {', '.join(PlanKey)}"
    for key in PlanKey:
        known = {"name", "days"} if key is PlanKey.TRIAL else {"name", "yearly"}
        for name in sorted(set(_table(data, "plans", key)) - known):
            yield f"plans.{key}.{name} is not a setting of this plan"


def _plan_problems(data: Mapping[str, Any]) -> Iterator[str]:
    for key in PlanKey:
        name = _table(data, "plans", key).get("name")
        if not isinstance(name, str) or not name.strip():
            yield f"plans.{key}.name is missing"
    if not _is_count(_table(data, "plans", PlanKey.TRIAL).get("days"), MAX_TRIAL_DAYS):
        yield "plans.trial.days must be a whole number of days, such as 30"
    for key in _SOLD:
        prices = _table(data, "plans", key, "yearly")
        if not prices:
            yield f"plans.{key}.yearly must give a price per currency, such as USD = 19_900"
        for currency, price in prices.items():
            yield from _price_problems(f"plans.{key}.yearly.{currency}", currency, price)


def _price_problems(path: str, currency: str, price: Any) -> Iterator[str]:
    if not _CURRENCY.fullmatch(currency):
        yield f"{path}: a currency is three capital letters"
    if not _is_count(price, MAX_PRICE):
        yield f"{path} must be a whole number of cents from 1 to {MAX_PRICE}, not {price!r}"


def _currency_problems(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong: each plan is sold in every currency, so that a firm can keep its own."""
    sold = {key: set(_table(data, "plans", key, "yearly")) for key in _SOLD}
    offered = set().union(*sold.values())
    for key, currencies in sold.items():
        if currencies and offered - currencies:
            missing = ", ".join(sorted(offered - currencies))
            yield f"plans.{key}.yearly has no price in {missing}"
    default = data.get("default_currency")
    if not isinstance(default, str) or default not in offered:
        yield f"default_currency is {default!r}, in which nothing has a price"


def _is_count(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
