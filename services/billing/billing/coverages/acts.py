"""Who pays for whom, as groups' news come: each function is the body of one transaction.

The coverage is locked before the subscription that it pauses, everywhere in this order.
"""

from typing import Any
from uuid import UUID

from billing.coverages import storage
from billing.coverages.coverage import Coverage
from billing.firms import storage as firms
from billing.firms.member import needs_license
from chassis.transactions import Transaction


def begin(tx: Transaction, member: dict[str, Any]) -> None:
    """Let this firm pay from now on for who joined from a firm of their own (S1-38, S1-39).

    Raises FirmNotKnownYet while the news of their own firm is on its way; it is tried again.
    """
    if member["left_firm_id"] is None:
        return
    coverage = _lock(tx, member)
    own = firms.lock_subscription(tx.session, member["left_firm_id"])
    tx.emit(coverage.begin(member["left_firm_id"], own, tx.now))


def end(tx: Transaction, member: dict[str, Any]) -> None:
    """End the coverage with the membership: what was paused goes on with the days it had left."""
    coverage = _lock(tx, member)
    own, elsewhere = None, False
    if home := coverage.home_firm_id:
        own = firms.lock_subscription(tx.session, home)
        elsewhere = storage.is_covered_elsewhere(tx.session, home, coverage.member_id)
    tx.emit(coverage.end(own, elsewhere, tx.now))


def payers(tx: Transaction, firm_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return a page of those the firm pays or paid for; billing-only ones have no license (Q2)."""
    found = storage.list_payers(tx.session, firm_id, limit, cursor)
    items = [{**row, "licensed": needs_license(row["role"])} for row in found["items"]]
    return {**found, "items": items}


def _lock(tx: Transaction, member: dict[str, Any]) -> Coverage:
    key = member["member_id"], member["firm_id"], member["account_id"]
    return storage.lock_coverage(tx.session, *key)
