"""Changing the plan, and what that would cost."""

from typing import Any

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.plan_changes import acts, schemas
from billing.plan_changes.plan_change import PlanChange
from billing.plans.plan import PlanKey
from chassis.auth import PROFESSIONALS
from chassis.messages import command, query
from chassis.transactions import Transaction


class PlanChanges:
    """Another plan for the days that are left, shown first and then taken."""

    prices: Any

    @query(schemas.ChangePlan, reply=schemas.PlanChange, callers=PROFESSIONALS,
           prepare=refresh_buyer)  # fmt: skip
    def preview_plan_change(self, tx: Transaction, plan: PlanKey) -> PlanChange:
        """Return what another plan would cost for the days that are left, by the same rule."""
        return acts.preview(tx, self.prices, buyer(tx), plan)

    @command(schemas.ChangePlan, reply=schemas.PlanChange, callers=PROFESSIONALS,
             prepare=refresh_buyer)  # fmt: skip
    def change_plan(self, tx: Transaction, plan: PlanKey) -> PlanChange:
        """Take another plan at once; the difference stands on the month's statement."""
        return acts.change(tx, self.prices, buyer(tx), plan)
