"""What a firm's plan has beyond what every plan has."""

from billing import replies, schemas, storage
from chassis.auth import services
from chassis.messages import query


class Features:
    """Asked by the services that own what not every plan has."""

    @query(schemas.OneFeature, reply=replies.PlanOfFeature, callers=services("clients", "identity"))
    def check_feature(self, tx, request):
        """The firm's plan has the feature now; else the refusal names the plans that have (Q15)."""
        current = storage.get_subscription(tx.session, request["firm_id"])
        current.require_feature(request["feature"], tx.now.date())
        return {**request, "plan": current.plan}
