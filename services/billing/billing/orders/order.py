"""Order: what a firm buys, at the price of the moment it ordered."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from billing.orders.errors import (
    OrderAlreadyPaid,
    OrderWasCancelled,
    PaymentInProgress,
    StatementStaysOwed,
)
from billing.orders.events import LicensesPurchased
from billing.orders.payment import Payment, PaymentStatus
from billing.plans.period import one_year_after
from billing.plans.plan import Level, PlanKey
from chassis.changes import Context

MAX_QUANTITY = 1_000


class OrderKind(StrEnum):
    """What is paid: licenses for others, the firm's own subscription, or a month's statement."""

    LICENSES = "licenses"
    SUBSCRIPTION = "subscription"
    STATEMENT = "statement"  # a month's charges; plan, level and orderer are then None


class OrderStatus(StrEnum):
    """pending: a payment is under way; declined: it failed, and a new one may be made."""

    PENDING = "pending"
    DECLINED = "declined"
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Order:
    """Price and level are fixed when it is placed; amounts in minor units of ``currency``."""

    id: UUID
    firm_id: UUID
    ordered_by: UUID | None  # an account
    kind: OrderKind
    plan: PlanKey | None
    level: Level | None
    description: str
    quantity: int
    unit_amount: int
    currency: str
    ordered_at: datetime
    status: OrderStatus = OrderStatus.PENDING
    paid_at: datetime | None = None
    payments: list[Payment] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What is charged: whole units times the rounded unit amount."""
        return self.quantity * self.unit_amount

    @property
    def can(self) -> list[str]:
        """What a buyer may do with it now: ``pay`` by a new payment, ``cancel``."""
        if self.status in (OrderStatus.PAID, OrderStatus.CANCELLED):
            return []
        undecided = {payment.status for payment in self.payments if not payment.is_decided}
        can = [] if undecided else ["pay"]
        if PaymentStatus.PENDING not in undecided and self.kind is not OrderKind.STATEMENT:
            can.append("cancel")
        return can

    def start_payment(self, method: str, context: Context) -> Payment:
        """Start a new attempt to pay, when none is undecided and none has succeeded.

        Raises OrderAlreadyPaid, OrderWasCancelled, PaymentInProgress.
        """
        self._require_open()
        self._require_no_payment(PaymentStatus.PENDING, PaymentStatus.AWAITING)
        payment = Payment(
            context.new_id(), self.id, self.firm_id, method, self.total, self.currency,
            context.at, next_attempt_at=context.at,
        )  # fmt: skip
        self.payments.append(payment)
        self.status = OrderStatus.PENDING
        return payment

    def pay(self, now: datetime) -> LicensesPurchased | None:
        """Be paid: licenses come into being, each through a year from today (Q3)."""
        self.status, self.paid_at = OrderStatus.PAID, now
        if self.kind is not OrderKind.LICENSES or self.level is None or self.ordered_by is None:
            return None
        return LicensesPurchased(
            order_id=self.id,
            firm_id=self.firm_id,
            quantity=self.quantity,
            level=self.level,
            purchased_at=now,
            paid_through=one_year_after(now.date()),
            bought_by=self.ordered_by,
        )

    def decline(self) -> None:
        """Note that the payment failed for good; the order stays and can be paid by another one."""
        if self.status is OrderStatus.PENDING:
            self.status = OrderStatus.DECLINED

    def require_cancellable(self) -> None:
        """Raise StatementStaysOwed for a month's charges, which no buyer can drop."""
        if self.kind is OrderKind.STATEMENT:
            raise StatementStaysOwed("a statement is paid, not cancelled")

    def cancel(self, now: datetime) -> bool:
        """Drop what is not wanted any more; False when it was cancelled before.

        Raises OrderAlreadyPaid, and PaymentInProgress while a provider is being asked: the money
        may have been taken. An awaited payment by hand is voided.
        """
        if self.status is OrderStatus.CANCELLED:
            return False
        self._require_open()
        self._require_no_payment(PaymentStatus.PENDING)
        for payment in self.payments:
            payment.void(now)
        self.status = OrderStatus.CANCELLED
        return True

    def _require_open(self) -> None:
        if self.status is OrderStatus.PAID:
            raise OrderAlreadyPaid("the order is paid")
        if self.status is OrderStatus.CANCELLED:
            raise OrderWasCancelled("the order was cancelled")

    def _require_no_payment(self, *statuses: PaymentStatus) -> None:
        for payment in self.payments:
            if payment.status in statuses:
                raise PaymentInProgress(
                    "a payment of this order is not decided yet", payment_id=str(payment.id)
                )
