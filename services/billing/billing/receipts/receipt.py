"""Receipt: the paper for money that was taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from billing.charges.charge import Charge
from billing.firms.events import Recipient
from billing.orders.order import Order
from billing.receipts.events import Line, ReceiptIssued


@dataclass(eq=False)
class ReceiptLine:
    """``amount`` is ``quantity`` times ``unit_amount``, in minor units."""

    position: int
    description: str
    quantity: int
    unit_amount: int

    @property
    def amount(self) -> int:
        """The line's total in minor units."""
        return self.quantity * self.unit_amount


@dataclass(eq=False)
class Receipt:
    """Never changes once issued; ``recipients`` are those of that moment (Q6)."""

    id: UUID
    number: str
    year: int
    position: int  # 1, 2, 3 … within the firm and year, without a gap
    firm_id: UUID
    firm_name: str
    order_id: UUID
    payment_id: UUID
    currency: str
    issued_at: datetime
    recipients: list[dict[str, str]]  # name and email
    lines: list[ReceiptLine] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The sum of the lines in minor units."""
        return sum(line.amount for line in self.lines)

    def issued(self) -> ReceiptIssued:
        """Return the news of it, complete enough to write the mail from."""
        return ReceiptIssued(
            receipt_id=self.id,
            number=self.number,
            firm_id=self.firm_id,
            firm_name=self.firm_name,
            order_id=self.order_id,
            recipients=[Recipient(**person) for person in self.recipients],
            lines=[
                Line(line.description, line.quantity, line.unit_amount, line.amount)
                for line in self.lines
            ],
            total=self.total,
            currency=self.currency,
            issued_at=self.issued_at,
        )


def receipt_number(firm_id: UUID, year: int, position: int) -> str:
    """Return such as ``2026-7F3A19C2-0001``: each firm has its own gapless series for each year.

    The middle part is the end of the firm's id, so that a number alone leads to the firm.
    """
    return f"{year}-{firm_id.hex[-8:].upper()}-{position:04d}"


def receipt_for(
    order: Order,
    payment_id: UUID,
    receipt_id: UUID,
    position: int,
    firm_name: str,
    recipients: list[Recipient],
    now: datetime,
    charges: Sequence[Charge] = (),
) -> Receipt:
    """Return the receipt for a paid order; ``position`` is the next free one of firm and year.

    A statement's has a line for each of its ``charges``.
    """
    sold = [(order.description, order.quantity, order.unit_amount)]
    lines = [(one.description, 1, one.amount) for one in charges] or sold
    return Receipt(
        id=receipt_id,
        number=receipt_number(order.firm_id, now.year, position),
        year=now.year,
        position=position,
        firm_id=order.firm_id,
        firm_name=firm_name,
        order_id=order.id,
        payment_id=payment_id,
        currency=order.currency,
        issued_at=now,
        recipients=[{"name": person.name, "email": person.email} for person in recipients],
        lines=[ReceiptLine(position, *line) for position, line in enumerate(lines, 1)],
    )
