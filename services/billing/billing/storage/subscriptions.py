"""Queries on subscriptions."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.errors import FirmNotKnownYet
from billing.domain.subscription import RUNNING, Subscription
from billing.storage.tables import subscriptions
from chassis.commands import insert_or_skip


def add_trial(session: Session, trial: Subscription) -> bool:
    """Store a new firm's trial; False where the firm already has a subscription."""
    values = {column.name: getattr(trial, column.name) for column in subscriptions.columns}
    return bool(insert_or_skip(session, subscriptions, values))


def lock_subscription(session: Session, firm_id: UUID) -> Subscription:
    """The firm's subscription, held until the transaction ends. Raises FirmNotKnownYet.

    Taken before its orders, payments and counters, so that no two transactions wait for each
    other.
    """
    return _known(session.get(Subscription, firm_id, with_for_update=True))


def get_subscription(session: Session, firm_id: UUID) -> Subscription:
    """The firm's subscription. Raises FirmNotKnownYet while the firm's news is on its way."""
    return _known(session.get(Subscription, firm_id))


def firms_with_ended_subscriptions(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms whose subscription runs by its status, though its last day has passed."""
    return sa.select(subscriptions.c.firm_id).where(
        subscriptions.c.status.in_(RUNNING), subscriptions.c.period_end < now.date()
    )


def _known(subscription: Subscription | None) -> Subscription:
    if subscription is None:
        raise FirmNotKnownYet("the firm is being set up; try again in a moment")
    return subscription
