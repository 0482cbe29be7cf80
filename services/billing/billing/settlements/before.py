"""Takes the money of orders: claim in one transaction, ask the provider, record in another.

Ended at any point between them, the payment's lease runs out and it is asked again under the
same key, which the provider answers as before: one charge, one receipt.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from eventlet.greenpool import GreenPool

from billing.orders import storage as orders
from billing.settlements.acts import record_charge, record_decline
from billing.settlements.gateway import Charged, Declined, NoAnswer, Outcome
from billing.settlements.gateways_before import OfferedGateways
from chassis import faultpoints
from chassis.database import BoundDatabase

log = logging.getLogger(__name__)

PAYMENT_WORKERS = 4  # providers asked at the same time by one worker


@dataclass(frozen=True)
class Claimed:
    """A payment this worker may ask the provider for, until its lease ends."""

    id: UUID
    method: str
    amount: int
    currency: str


def collect(db: BoundDatabase, gateways: OfferedGateways, lease: timedelta) -> int:
    """Ask for every payment that is due; return how many there were.

    A few are asked for at a time, so that a slow provider holds up no others. What one of them
    raises is raised when all are done.
    """
    workers = GreenPool(PAYMENT_WORKERS)
    asked = []
    while payment := claim(db, lease):
        asked.append(workers.spawn(_ask, db, gateways, payment))
    workers.waitall()
    for each in asked:
        each.wait()
    return len(asked)


def _ask(db: BoundDatabase, gateways: OfferedGateways, payment: Claimed) -> None:
    faultpoints.reached("before_charge")
    outcome = charge(db, gateways, payment)
    faultpoints.reached("after_charge")
    record(db, payment, outcome)


def claim(db: BoundDatabase, lease: timedelta) -> Claimed | None:
    """Return the next due payment, leased to this worker; None when there is none."""
    with db.transaction() as tx:
        payment = orders.lock_due_payment(tx.session, tx.now)
        if payment is None:
            return None
        payment.lease(tx.now, lease)
        return Claimed(payment.id, payment.method, payment.amount, payment.currency)


def charge(db: BoundDatabase, gateways: OfferedGateways, payment: Claimed) -> Outcome | None:
    """Return what the provider says; None when it says nothing. Outside any transaction of ours."""
    gateway = gateways.of(payment.method, db)
    try:
        return gateway.charge(payment.id, payment.method, payment.amount, payment.currency)
    except NoAnswer as silence:
        log.warning("payment %s: %s; it will be asked again", payment.id, silence)
        return None


def record(db: BoundDatabase, payment: Claimed, outcome: Outcome | None) -> None:
    """Let the outcome take effect, once however often it is recorded."""
    with db.transaction() as tx:
        if isinstance(outcome, Charged):
            record_charge(tx, payment.id, outcome.reference)
        elif isinstance(outcome, Declined):
            record_decline(tx, payment.id, outcome.reason)
        elif outcome is None:
            orders.lock_payment(tx.session, payment.id).postpone(tx.now)
        else:
            orders.lock_payment(tx.session, payment.id).wait_for_confirmation()
