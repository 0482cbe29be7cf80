"""Subscription: what a firm pays for itself, and the level rule that follows from it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from billing.domain.errors import (
    AlreadySubscribed,
    LevelFixedBySubscription,
    LevelNotOffered,
    LevelRequired,
)
from billing.domain.events import SubscriptionChanged
from billing.domain.period import one_year_after
from billing.domain.plan import CHOOSABLE, LEVEL_OF, Level, PlanKey


class SubscriptionStatus(StrEnum):
    """A trial ends, a paid subscription lapses; either can be followed by a paid one."""

    TRIAL = "trial"
    TRIAL_ENDED = "trial_ended"
    ACTIVE = "active"
    LAPSED = "lapsed"


@dataclass(eq=False)
class Subscription:
    """One per firm. ``period_end`` is the last day it covers, in UTC."""

    firm_id: UUID
    plan: PlanKey
    level: Level | None
    status: SubscriptionStatus
    period_end: date
    version: int

    @classmethod
    def trial(cls, firm_id: UUID, today: date, days: int) -> "Subscription":
        """A new firm's: ``days`` full days to look around (Q15)."""
        end = today + timedelta(days=days)
        return cls(firm_id, PlanKey.TRIAL, None, SubscriptionStatus.TRIAL, end, 1)

    def is_paid(self, today: date) -> bool:
        """Whether a paid subscription covers ``today``."""
        return self.status is SubscriptionStatus.ACTIVE and today <= self.period_end

    def fixed_level(self, today: date) -> Level | None:
        """The level all licenses get, or None where the buyer chooses (S1-10, S1-11)."""
        return self.level if self.is_paid(today) else None

    def license_level(self, chosen: Level | None, today: date) -> Level:
        """The level of licenses bought today (S1-10 .. S1-12).

        Raises LevelFixedBySubscription for another level than a paid subscription's;
        LevelRequired or LevelNotOffered where the buyer has to choose silver or gold.
        """
        fixed = self.fixed_level(today)
        if fixed is None:
            return _chosen(chosen)
        if chosen not in (None, fixed):
            raise LevelFixedBySubscription(
                f"your subscription is {fixed}, so licenses are {fixed} too", level=fixed
            )
        return fixed

    def require_unpaid(self, today: date) -> None:
        """Raises AlreadySubscribed while a paid subscription runs."""
        if self.is_paid(today):
            raise AlreadySubscribed(
                f"the subscription runs through {self.period_end}",
                plan=self.plan,
                period_end=self.period_end.isoformat(),
            )

    def activate(self, plan: PlanKey, today: date) -> SubscriptionChanged:
        """Paid: it runs for a year from today, or from the end of what was paid before."""
        start = self.period_end if self.is_paid(today) else today
        self.plan, self.level = plan, LEVEL_OF[plan]
        self.status, self.period_end = SubscriptionStatus.ACTIVE, one_year_after(start)
        return self._changed()

    def end(self, today: date) -> SubscriptionChanged | None:
        """Over, when its last day has passed; None while it runs and once it is over."""
        ended = {
            SubscriptionStatus.TRIAL: SubscriptionStatus.TRIAL_ENDED,
            SubscriptionStatus.ACTIVE: SubscriptionStatus.LAPSED,
        }.get(self.status)
        if ended is None or today <= self.period_end:
            return None
        self.status = ended
        return self._changed()

    def started(self) -> SubscriptionChanged:
        """The news of a new subscription, as it stands."""
        return SubscriptionChanged(
            self.firm_id, self.plan, self.level, self.status, self.period_end, self.version
        )

    def _changed(self) -> SubscriptionChanged:
        self.version += 1
        return self.started()


def _chosen(level: Level | None) -> Level:
    offered = f"Choose one of: {', '.join(CHOOSABLE)}."
    if level is None:
        raise LevelRequired("choose the level of the licenses", fields={"level": [offered]})
    if level not in CHOOSABLE:
        raise LevelNotOffered(
            f"{level} licenses need a {level} subscription", fields={"level": [offered]}
        )
    return level
