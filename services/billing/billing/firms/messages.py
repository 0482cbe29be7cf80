"""What groups says of firms, and what a firm's subscription gives it."""

from typing import Any
from uuid import UUID

from billing.firms import acts, schemas, storage, viewing
from billing.firms.before import refresh_member
from billing.plans.plan import Feature
from billing.plans.schemas import Nothing
from chassis.auth import PROFESSIONALS, services
from chassis.messages import on_event, query
from chassis.transactions import Transaction


class Firms:
    """A firm's state, and its subscription."""

    prices: Any

    @query(
        Nothing,
        reply=schemas.Subscription,
        callers=PROFESSIONALS,
        prepare=refresh_member,
    )
    def get_subscription(self, tx: Transaction) -> dict[str, Any]:
        """Return the subscription of the caller's firm, and what the caller may buy."""
        viewer = acts.member(tx)
        current = storage.get_subscription(tx.session, viewer.firm_id)
        return viewing.subscription(current, viewer, tx.now.date())

    @query(schemas.OneFeature, reply=schemas.PlanOfFeature, callers=services("clients", "identity"))
    def check_feature(self, tx: Transaction, firm_id: UUID, feature: Feature) -> dict[str, Any]:
        """Return the firm's plan if it has the feature now; a refusal names those that do (Q15)."""
        current = storage.get_subscription(tx.session, firm_id)
        current.require_feature(feature, tx.now.date())
        return {"firm_id": firm_id, "feature": feature, "plan": current.plan}

    @on_event("groups", "firm_created.v1", schemas.Firm)
    def on_firm_created(self, tx: Transaction, **firm: Any) -> None:
        """Start a new firm's trial (Q15)."""
        acts.take_over(tx, firm, self.prices)

    @on_event("groups", "firm_changed.v1", schemas.Firm)
    def on_firm_changed(self, tx: Transaction, **firm: Any) -> None:
        """Keep the firm's present name, which receipts carry."""
        storage.project_firm(tx.session, firm)
