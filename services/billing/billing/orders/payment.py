"""Payment: one attempt to take an order's money, decided at most once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from billing.orders.errors import PaymentNotAwaited

# Seconds until a provider that gave no answer is asked again, under the same key. It is asked
# for as long as it takes: only the provider knows whether the money was taken.
PATIENCE = (1, 5, 30, 120, 600)
MANUAL = "manual"  # the method whose money comes by itself


class PaymentStatus(StrEnum):
    """pending and awaiting are undecided; the other three are final."""

    PENDING = "pending"  # to be charged, or charged without our knowing it yet
    AWAITING = "awaiting"  # comes by another way; somebody confirms it by hand
    CHARGED = "charged"
    DECLINED = "declined"
    VOIDED = "voided"


@dataclass(eq=False)
class Payment:
    """``id`` is the idempotency key at the provider; ``amount`` is in minor units."""

    id: UUID
    order_id: UUID
    firm_id: UUID
    method: str
    amount: int
    currency: str
    created_at: datetime
    status: PaymentStatus = PaymentStatus.PENDING
    attempts: int = 0
    next_attempt_at: datetime | None = None  # None: not before a decision by hand, or never
    lease_until: datetime | None = None  # until then one worker is asking the provider
    settled_at: datetime | None = None
    reference: str | None = None  # the provider's, or that of the bank transfer
    reason: str | None = None  # why it was declined

    @property
    def is_decided(self) -> bool:
        """Whether the outcome is known and final."""
        return self.status not in (PaymentStatus.PENDING, PaymentStatus.AWAITING)

    def lease(self, now: datetime, length: timedelta) -> None:
        """Let one worker ask the provider now; after ``length`` another one may."""
        self.attempts += 1
        self.lease_until = now + length
        self.next_attempt_at = self.lease_until

    def postpone(self, now: datetime) -> None:
        """Ask again later: without an answer, whether the money was taken is unknown."""
        if self.status is PaymentStatus.PENDING:
            delay = PATIENCE[min(self.attempts, len(PATIENCE)) - 1]
            self.lease_until, self.next_attempt_at = None, now + timedelta(seconds=delay)

    def wait_for_confirmation(self) -> None:
        """Wait until somebody says that the money has come: the gateway takes none by itself."""
        if self.status is PaymentStatus.PENDING:
            self.status = PaymentStatus.AWAITING
            self.lease_until = self.next_attempt_at = None

    def charge(self, reference: str, now: datetime) -> bool:
        """Note that the money was taken. False, and nothing changed, when that was known before."""
        return self._decide(PaymentStatus.CHARGED, now, reference=reference)

    def decline(self, reason: str, now: datetime) -> bool:
        """Note that the provider refused.

        False, and nothing changed, when this was decided already.
        """
        return self._decide(PaymentStatus.DECLINED, now, reason=reason)

    def confirm(self, reference: str, now: datetime) -> bool:
        """Note that the awaited money has come; False when the same was said before.

        Raises PaymentNotAwaited for a payment that does not wait for this word.
        """
        if self.status is PaymentStatus.CHARGED and self.reference == reference:
            return False
        by_hand = self.status is PaymentStatus.PENDING and self.method == MANUAL
        if self.status is not PaymentStatus.AWAITING and not by_hand:
            raise PaymentNotAwaited(f"the payment is {self.status}", status=self.status)
        return self.charge(reference, now)

    def void(self, now: datetime) -> None:
        """Drop it, as the order is not wanted any more; the record stays (D8)."""
        self._decide(PaymentStatus.VOIDED, now)

    def _decide(
        self,
        status: PaymentStatus,
        now: datetime,
        reference: str | None = None,
        reason: str | None = None,
    ) -> bool:
        if self.is_decided:
            return False
        self.status, self.settled_at = status, now
        self.reference, self.reason = reference, reason
        self.lease_until = self.next_attempt_at = None
        return True
