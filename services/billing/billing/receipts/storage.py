"""Queries on receipts and the counters that number them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.receipts.errors import ReceiptNotFound
from billing.receipts.receipt import Receipt
from billing.receipts.tables import receipt_counters, receipts
from chassis.commands import insert_or_skip
from chassis.paging import Paged

_OF_FIRM = sa.select(Receipt).where(receipts.c.firm_id == sa.bindparam("of_firm"))
_RECEIPTS = Paged(_OF_FIRM, receipts.c.id, descending=True)
_RECEIPT = _OF_FIRM.where(receipts.c.id == sa.bindparam("of_receipt"))
_COUNT_ON = (
    sa.update(receipt_counters)
    .where(
        receipt_counters.c.firm_id == sa.bindparam("of_firm"),
        receipt_counters.c.year == sa.bindparam("of_year"),
    )
    .values(last=receipt_counters.c.last + 1)
    .returning(receipt_counters.c.last)
)


def next_receipt_position(session: Session, firm_id: UUID, year: int) -> int:
    """Return the next position of the firm's series, its row locked until the transaction ends.

    A transaction that rolls back gives its position back, so the series has no gap.
    """
    insert_or_skip(session, receipt_counters, {"firm_id": firm_id, "year": year, "last": 0})
    counted = session.execute(_COUNT_ON, {"of_firm": firm_id, "of_year": year})
    position: int = counted.scalar_one()
    return position


def add_receipt(session: Session, receipt: Receipt) -> None:
    """Store an issued receipt."""
    session.add(receipt)
    session.flush()


def get_receipt(session: Session, firm_id: UUID, receipt_id: UUID) -> Receipt:
    """Return the firm's receipt. Raises ReceiptNotFound, for another firm's too."""
    mine = {"of_firm": firm_id, "of_receipt": receipt_id}
    found = session.scalars(_RECEIPT, mine).one_or_none()
    if found is None:
        raise ReceiptNotFound("there is no such receipt")
    return found


def list_receipts(
    session: Session, firm_id: UUID, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Return a page of the firm's receipts, the newest first. Raises InvalidCursor."""
    return _RECEIPTS.read(session, limit, cursor, of_firm=firm_id)
