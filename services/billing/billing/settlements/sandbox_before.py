"""A provider that takes no real money, for demonstrations and tests.

It behaves as a real one would: books of its own, written in its own transaction before it
answers, at most one charge per key, and answers that get lost after the money was taken.
"""

import time
from typing import Any
from uuid import UUID

from billing.settlements import storage
from billing.settlements.gateway import Charged, Declined, DeclineReason, NoAnswer, Outcome
from chassis.calls import refuse_in_transaction
from chassis.database import BoundDatabase

OK, DECLINED, TIMEOUT_ONCE, SLOW = (
    "sandbox_ok",
    "sandbox_declined",
    "sandbox_timeout_once",
    "sandbox_slow",
)


class SandboxGateway:
    """What happens is chosen by the payment method."""

    methods: tuple[str, ...] = (OK, DECLINED, TIMEOUT_ONCE, SLOW)

    def __init__(self, db: BoundDatabase, slow_seconds: float) -> None:
        self._db = db
        self._slow_seconds = slow_seconds

    def charge(self, key: UUID, method: str, amount: int, currency: str) -> Outcome:
        """Return the outcome booked under ``key``, booked now if it is new."""
        refuse_in_transaction("a charge")
        if method == SLOW:
            time.sleep(self._slow_seconds)
        charge, is_new = self._book(key, method, amount, currency)
        if method == TIMEOUT_ONCE and is_new:
            raise NoAnswer("the answer was lost on the way")
        return (
            Declined(charge.decline_reason) if charge.decline_reason else Charged(charge.reference)
        )

    def _book(self, key: UUID, method: str, amount: int, currency: str) -> tuple[Any, bool]:
        refused = method == DECLINED
        charge = {
            "idempotency_key": key,
            "reference": f"sandbox-{key.hex}",
            "amount": 0 if refused else amount,
            "currency": currency,
            "decline_reason": DeclineReason.CARD_DECLINED.value if refused else None,
        }
        with self._db.transaction() as tx:
            is_new = storage.add_sandbox_charge(tx.session, charge, tx.now)
            return storage.get_sandbox_charge(tx.session, key), is_new
