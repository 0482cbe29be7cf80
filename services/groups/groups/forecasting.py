"""What will become of the firm's licenses, gathered for the rule that puts it into words."""

from typing import Any

from chassis.transactions import Transaction
from groups import storage
from groups.domain.forecast import sentence
from groups.domain.permissions import Permission


def forecast(tx: Transaction) -> dict[str, Any]:
    """By last day what lapses, renews and waits; for those who see licenses (S1-18, Q3)."""
    viewer = storage.get_own_membership(tx.session, tx.actor.account_id)
    viewer.require(Permission.SEE_LICENSES)
    items = [
        {
            "date": row["paid_through"],
            "lapsing": row["unused"],
            "renewing": row["used"],
            "waiting": row["held"],
        }
        for row in storage.read_forecast(tx.session, viewer.firm_id)
    ]
    return {
        "items": items,
        "pending_invitations": storage.count_pending(tx.session, viewer.firm_id),
        "sentences": [sentence(**item) for item in items],
    }
