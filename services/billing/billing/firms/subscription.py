"""Subscription: what a firm pays for itself, and the level rule that follows from it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from billing.firms.errors import (
    AlreadySubscribed,
    FeatureNotInPlan,
    LevelFixedBySubscription,
    LevelNotOffered,
    LevelRequired,
)
from billing.firms.events import SubscriptionChanged
from billing.plans.period import one_year_after
from billing.plans.plan import CHOOSABLE, LEVEL_OF, Feature, Level, PlanKey, features_of, plans_with


class SubscriptionStatus(StrEnum):
    """A trial ends, a paid subscription lapses; either can be followed by a paid one.

    Paused: its professional works in another firm, which pays (S1-39). Closed: the firm is no
    more, and nothing follows.
    """

    TRIAL = "trial"
    TRIAL_ENDED = "trial_ended"
    ACTIVE = "active"
    LAPSED = "lapsed"
    PAUSED = "paused"
    CLOSED = "closed"


RUNNING = (SubscriptionStatus.TRIAL, SubscriptionStatus.ACTIVE)


@dataclass(eq=False)
class Subscription:
    """One per firm. ``period_end`` is the last day it covers, in UTC."""

    firm_id: UUID
    plan: PlanKey
    level: Level | None
    status: SubscriptionStatus
    period_end: date
    version: int
    paused_on: date | None = None  # ``period_end`` is then as if it had not been

    @property
    def days_left(self) -> int | None:
        """The days that a paused one goes on with; None while it is not paused."""
        return (self.period_end - self.paused_on).days if self.paused_on else None

    @classmethod
    def trial(cls, firm_id: UUID, today: date, days: int) -> "Subscription":
        """Return a new firm's trial: ``days`` full days to look around (Q15)."""
        end = today + timedelta(days=days)
        return cls(firm_id, PlanKey.TRIAL, None, SubscriptionStatus.TRIAL, end, 1)

    def is_paid(self, today: date) -> bool:
        """Return whether a paid subscription covers ``today``."""
        return self.status is SubscriptionStatus.ACTIVE and today <= self.period_end

    def has_now(self, plan: PlanKey, today: date) -> bool:
        """Return whether that plan is the one that is paid for."""
        return self.plan is plan and self.is_paid(today)

    def fixed_level(self, today: date) -> Level | None:
        """Return the level all licenses get, or None where the buyer chooses (S1-10, S1-11)."""
        return self.level if self.is_paid(today) else None

    def runs(self, today: date) -> bool:
        """Return whether the trial or a paid subscription covers ``today``."""
        return self.status in RUNNING and today <= self.period_end

    def features(self, today: date) -> list[Feature]:
        """Return what the firm may use beyond every plan's, by name; nothing once it is over."""
        return features_of(self.plan) if self.runs(today) else []

    def require_feature(self, feature: Feature, today: date) -> None:
        """Raise FeatureNotInPlan, which says which plans have it (Q15)."""
        if feature not in self.features(today):
            plans = plans_with(feature)
            raise FeatureNotInPlan(
                f"{feature} needs one of these plans: {', '.join(plans)}",
                feature=feature,
                plans=plans,
            )

    def license_level(self, chosen: Level | None, today: date) -> Level:
        """Return the level of licenses bought today (S1-10 .. S1-12).

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
        """Raise AlreadySubscribed while a paid subscription runs."""
        if self.is_paid(today):
            raise AlreadySubscribed(
                f"the subscription runs through {self.period_end}",
                plan=self.plan,
                period_end=self.period_end.isoformat(),
            )

    def activate(self, plan: PlanKey, today: date) -> SubscriptionChanged:
        """Run, as it is paid, for a year from today, or from the end of what was paid before.

        A paused one stays paused, and keeps that year.
        """
        was_paid = self.is_paid(today) or (self.paused_on and self.level)
        start = self.period_end if was_paid else self.paused_on or today
        self.plan, self.level = plan, LEVEL_OF[plan]
        if not self.paused_on and self.status is not SubscriptionStatus.CLOSED:
            self.status = SubscriptionStatus.ACTIVE
        self.period_end = one_year_after(start)
        return self._changed()

    def pause(self, today: date) -> SubscriptionChanged | None:
        """Pause, as its professional works elsewhere: it keeps its days (S1-39).

        None where none are left. What is paused already stays so, since the day it was.
        """
        if not self.runs(today):
            return None
        self.status, self.paused_on = SubscriptionStatus.PAUSED, today
        return self._changed()

    def resume(self, today: date) -> SubscriptionChanged | None:
        """Go on with the days it had left, as its professional is back; None if not paused."""
        if self.paused_on is None:
            return None
        self.period_end += max(today - self.paused_on, timedelta(0))
        self.paused_on = None
        self.status = SubscriptionStatus.ACTIVE if self.level else SubscriptionStatus.TRIAL
        return self._changed()

    def close(self) -> SubscriptionChanged | None:
        """Close with the firm: it neither runs nor renews; None where that was known."""
        if self.status is SubscriptionStatus.CLOSED:
            return None
        self.status, self.paused_on = SubscriptionStatus.CLOSED, None
        return self._changed()

    def change(self, plan: PlanKey) -> SubscriptionChanged:
        """Take another plan from today on, to the end of what is paid (see plan_change)."""
        self.plan, self.level = plan, LEVEL_OF[plan]
        return self._changed()

    def end(self, today: date) -> SubscriptionChanged | None:
        """End when its last day has passed; None while it runs and once it is over."""
        ended = {
            SubscriptionStatus.TRIAL: SubscriptionStatus.TRIAL_ENDED,
            SubscriptionStatus.ACTIVE: SubscriptionStatus.LAPSED,
        }.get(self.status)
        if ended is None or today <= self.period_end:
            return None
        self.status = ended
        return self._changed()

    def renew(self, today: date) -> tuple[date, SubscriptionChanged] | None:
        """Add a year once its last day has passed, from the day after; return that day (Q3).

        None for what is not paid or runs on: a trial just ends, a paused one waits.
        """
        if self.status is not SubscriptionStatus.ACTIVE or today <= self.period_end:
            return None
        start = self.period_end + timedelta(days=1)
        self.period_end = one_year_after(self.period_end)
        return start, self._changed()

    def started(self) -> SubscriptionChanged:
        """Return the news of a new subscription, as it stands."""
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
