"""Queries on payments."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.errors import PaymentNotFound
from billing.domain.payment import Payment, PaymentStatus
from billing.storage.tables import payments


def lock_due_payment(session: Session, now: datetime) -> Payment | None:
    """The undecided payment that has waited longest for a worker, or None.

    One that another worker is claiming at this moment is skipped.
    """
    due = (
        sa.select(Payment)
        .where(payments.c.status == PaymentStatus.PENDING, payments.c.next_attempt_at <= now)
        .order_by(payments.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(due).one_or_none()


def order_of_payment(session: Session, payment_id: UUID) -> tuple[UUID, UUID]:
    """The ids of the payment's firm and order. Raises PaymentNotFound."""
    found = session.execute(
        sa.select(payments.c.firm_id, payments.c.order_id).where(payments.c.id == payment_id)
    ).one_or_none()
    if found is None:
        raise PaymentNotFound("there is no such payment")
    return found.firm_id, found.order_id


def lock_payment(session: Session, payment_id: UUID) -> Payment:
    """The payment as it stands now, held until the transaction ends. Raises PaymentNotFound."""
    found = session.get(Payment, payment_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise PaymentNotFound("there is no such payment")
    return found
