"""Plans, levels, and what each plan has (Q15)."""

from dataclasses import dataclass
from enum import StrEnum


class PlanKey(StrEnum):
    """The plans there are; which of them are sold at what price, the price list says."""

    TRIAL = "trial"
    PRO_SILVER = "pro_silver"
    PRO_GOLD = "pro_gold"
    TEAMS = "teams"
    ENTERPRISE = "enterprise"


class Level(StrEnum):
    """What a license entitles its holder to; a subscription's plan fixes it for the firm."""

    SILVER = "silver"
    GOLD = "gold"
    TEAMS = "teams"
    ENTERPRISE = "enterprise"


class Feature(StrEnum):
    """What not every plan has."""

    ORGANIZATIONS = "organizations"
    API = "api"


CHOOSABLE = (Level.SILVER, Level.GOLD)  # without a subscription (S1-10)

LEVEL_OF = {
    PlanKey.PRO_SILVER: Level.SILVER,
    PlanKey.PRO_GOLD: Level.GOLD,
    PlanKey.TEAMS: Level.TEAMS,
    PlanKey.ENTERPRISE: Level.ENTERPRISE,
}
PLAN_OF = {level: plan for plan, level in LEVEL_OF.items()}

FEATURES_OF: dict[PlanKey, frozenset[Feature]] = {
    PlanKey.TRIAL: frozenset({Feature.API}),
    PlanKey.PRO_SILVER: frozenset({Feature.ORGANIZATIONS}),
    PlanKey.PRO_GOLD: frozenset({Feature.ORGANIZATIONS}),
    PlanKey.TEAMS: frozenset({Feature.ORGANIZATIONS}),
    PlanKey.ENTERPRISE: frozenset({Feature.ORGANIZATIONS, Feature.API}),
}


@dataclass(frozen=True)
class Plan:
    """One plan as the price list sells it."""

    key: PlanKey
    name: str
    yearly: dict[str, int]  # currency -> regular price of a year, in minor units; empty: not sold

    @property
    def level(self) -> Level | None:
        """The level of its licenses; None for the trial, under which the buyer chooses."""
        return LEVEL_OF.get(self.key)

    @property
    def features(self) -> list[Feature]:
        """What it has beyond what every plan has, by name."""
        return features_of(self.key)


def features_of(plan: PlanKey) -> list[Feature]:
    """Return what the plan has beyond what every plan has, by name."""
    return sorted(FEATURES_OF[plan])


def plans_with(feature: Feature) -> list[PlanKey]:
    """Return the plans that have it, the smallest first (Q15)."""
    return [plan for plan in PlanKey if feature in FEATURES_OF[plan]]
