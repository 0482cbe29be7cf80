"""Mails about a firm's papers and payments; whom they go to is billing's rule (S1-61, S1-65)."""

from typing import Any
from uuid import UUID

from notifications.mails.letter import Kind, Letter
from notifications.mails.subjects import order_of

STAGES = ("reminder", "suspended")  # of a payment that is overdue, in their order


def receipt(issued: dict[str, Any]) -> list[Letter]:
    """Return mails to all whom billing names: who gets receipts is its rule (S1-61, S1-65)."""
    facts = {
        "number": issued["number"],
        "firm_name": issued["firm_name"],
        "lines": issued["lines"],
        "total": issued["total"],
        "currency": issued["currency"],
        "issued_at": issued["issued_at"].isoformat(),
    }
    return _to_each(Kind.RECEIPT, issued["receipt_id"], issued, facts)


def payment_declined(declined: dict[str, Any]) -> list[Letter]:
    """Return mails to everybody whom billing names, with the provider's reason."""
    facts = {
        "firm_name": declined["firm_name"],
        "order_id": str(declined["order_id"]),
        "reason": declined["reason"],
        "total": declined["total"],
        "currency": declined["currency"],
    }
    payment_id, order_id = declined["payment_id"], declined["order_id"]
    rank = order_of(payment_id)
    return _to_each(
        Kind.PAYMENT_DECLINED, payment_id, declined, facts, subject_id=order_id, rank=rank
    )


def statement(issued: dict[str, Any]) -> list[Letter]:
    """Return mails to everybody whom billing names: what the month's licenses cost."""
    names = ("number", "firm_name", "month", "lines", "total", "currency")
    facts = {name: issued[name] for name in names}
    facts["issued_at"] = issued["issued_at"].isoformat()
    return _to_each(Kind.STATEMENT, issued["statement_id"], issued, facts)


def payment_overdue(overdue: dict[str, Any]) -> list[Letter]:
    """Return mails to everybody whom billing names, once for each stage: what still works."""
    facts = {name: overdue[name] for name in ("firm_name", "total", "currency", "stage")}
    facts["grace_until"] = overdue["grace_until"].isoformat()
    stage = overdue["stage"]
    rank = STAGES.index(stage) + 1 if stage in STAGES else 0
    return _to_each(Kind.PAYMENT_OVERDUE, overdue["order_id"], overdue, facts, stage, rank=rank)


def _to_each(
    kind: Kind,
    about_id: UUID,
    event: dict[str, Any],
    facts: dict[str, Any],
    generation: str = "1",
    subject_id: UUID | None = None,
    rank: int = 0,
) -> list[Letter]:
    firm_id = event["firm_id"]
    return [
        Letter(
            kind, about_id, generation, one["email"], one["name"], firm_id, facts, subject_id, rank
        )
        for one in event["recipients"]
    ]
