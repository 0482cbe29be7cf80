"""Statement: a month's charges on one paper, paid by one payment; and what follows if it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from billing.charges.charge import Charge
from billing.firms.events import Recipient
from billing.orders.order import Order, OrderKind, OrderStatus
from billing.receipts.events import Line
from billing.statements.errors import PaymentOverdue
from billing.statements.events import StatementIssued, StatementOverdue
from chassis.changes import Context


class Step(StrEnum):
    """What is done next about a statement that is not paid; settled: nothing any more."""

    RETRY = "retry"
    REMIND = "remind"
    SUSPEND = "suspend"
    SETTLED = "settled"


# Days after the statement; until the last of them nothing is refused (the grace).
WHEN = {Step.RETRY: 3, Step.REMIND: 7, Step.SUSPEND: 14}
NEXT = {Step.RETRY: Step.REMIND, Step.REMIND: Step.SUSPEND, Step.SUSPEND: Step.SETTLED}


@dataclass(eq=False)
class Statement:
    """One for a firm and month. ``total`` in minor units; 0 where nothing is to be paid."""

    statement_id: UUID
    firm_id: UUID
    firm_name: str
    number: str
    month: str
    total: int
    currency: str
    issued_at: datetime
    order_id: UUID | None = None
    step: Step = Step.SETTLED
    next_step_at: datetime | None = None
    suspended: bool = False
    lines: list[Charge] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether its total is still to be paid."""
        return self.suspended or self.step is not Step.SETTLED

    def issued(self, recipients: list[Recipient]) -> StatementIssued:
        """Return the news of it, complete enough to write the mail from."""
        return StatementIssued(
            statement_id=self.statement_id,
            number=self.number,
            firm_id=self.firm_id,
            firm_name=self.firm_name,
            month=self.month,
            recipients=recipients,
            lines=[Line(one.description, 1, one.amount, one.amount) for one in self.lines],
            total=self.total,
            currency=self.currency,
            issued_at=self.issued_at,
        )

    def await_payment(self, order_id: UUID) -> None:
        """Look after its payment from now on."""
        self.order_id = order_id
        self._plan(Step.RETRY)

    def advance(self, order: Order) -> Step:
        """Return what is to be done now; SETTLED once it is paid."""
        if order.status is OrderStatus.PAID:
            self.settle()
            return Step.SETTLED
        now = self.step
        self.suspended = self.suspended or now is Step.SUSPEND
        self._plan(NEXT[now])
        return now

    def settle(self) -> None:
        """Be settled: nothing is refused for it any more."""
        self.step, self.next_step_at, self.suspended = Step.SETTLED, None, False

    def overdue(self, stage: str, recipients: list[Recipient]) -> StatementOverdue:
        """Return the news that it is late: a reminder, or that no licenses can be bought."""
        return StatementOverdue(
            statement_id=self.statement_id,
            order_id=self.order_id or self.statement_id,
            firm_id=self.firm_id,
            firm_name=self.firm_name,
            number=self.number,
            stage=stage,
            grace_until=self.issued_at + timedelta(days=WHEN[Step.SUSPEND]),
            recipients=recipients,
            total=self.total,
            currency=self.currency,
        )

    def require_not_suspended(self) -> None:
        """Raise PaymentOverdue: no new licenses until it is paid; everything else goes on."""
        if self.suspended:
            raise PaymentOverdue(
                f"statement {self.number} is overdue: pay it first",
                order_id=str(self.order_id), total=self.total, currency=self.currency,
            )  # fmt: skip

    def _plan(self, step: Step) -> None:
        self.step = step
        days = WHEN.get(step)
        self.next_step_at = None if days is None else self.issued_at + timedelta(days=days)


def statement_of(charges: Sequence[Charge], firm_name: str, context: Context) -> Statement:
    """Return the statement over one month's charges of a firm; never below zero."""
    first = charges[0]
    return Statement(
        statement_id=context.new_id(),
        firm_id=first.firm_id,
        firm_name=firm_name,
        number=f"{first.month}-{first.firm_id.hex[-8:].upper()}",
        month=first.month,
        total=max(0, sum(one.amount for one in charges)),
        currency=first.currency,
        issued_at=context.at,
        lines=list(charges),
    )


def order_for(statement: Statement, context: Context) -> Order:
    """Return the order by which the statement is paid."""
    return Order(
        context.new_id(), statement.firm_id, context.by, OrderKind.STATEMENT, None, None,
        f"Statement {statement.number}", 1, statement.total, statement.currency, context.at,
    )  # fmt: skip
