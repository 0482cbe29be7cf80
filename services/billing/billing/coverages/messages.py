"""Who pays for whom, as groups' news come."""

from typing import Any

from billing.coverages import acts, schemas
from billing.firms import storage as firms
from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.firms.schemas import Member
from chassis.auth import PROFESSIONALS
from chassis.messages import on_event, query
from chassis.transactions import Transaction


class Coverages:
    """Who joins is paid for by the firm, and who leaves pays for themselves again."""

    @query(
        schemas.ListPayers,
        reply=schemas.PayerPage,
        callers=PROFESSIONALS,
        prepare=refresh_buyer,
    )
    def list_payers(self, tx: Transaction, cursor: str | None, limit: int) -> dict[str, Any]:
        """Return who pays for which member, since when and until when (S1-38)."""
        return acts.payers(tx, buyer(tx).firm_id, cursor=cursor, limit=limit)

    @on_event("groups", "member_joined.v1", schemas.Joined)
    def on_member_joined(self, tx: Transaction, **member: Any) -> None:
        """Let buying and receipts follow the members; the firm pays for this one."""
        firms.project_member(tx.session, member)
        acts.begin(tx, member)

    @on_event("groups", "member_changed.v1", Member)
    def on_member_changed(self, tx: Transaction, **member: Any) -> None:
        """Follow a member's role, address or status; a closed account's membership is over."""
        firms.project_member(tx.session, member)
        if member["status"] == "removed":
            acts.end(tx, member)

    @on_event("groups", "member_removed.v1", schemas.Removed)
    def on_member_removed(self, tx: Transaction, **member: Any) -> None:
        """Stop who is gone from buying, seeing and getting receipts; they pay for themselves."""
        firms.project_member(tx.session, member)
        acts.end(tx, member)
