"""Queries on subscriptions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.errors import FirmNotKnownYet
from billing.domain.subscription import Subscription, SubscriptionStatus
from billing.storage.tables import subscriptions
from chassis.commands import insert_or_skip

RUNNING = (SubscriptionStatus.TRIAL, SubscriptionStatus.ACTIVE)


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


def lock_ended_subscriptions(session: Session, today: date, limit: int) -> Sequence[Subscription]:
    """Those that run according to their status, though their last day has passed."""
    ended = (
        sa.select(Subscription)
        .where(subscriptions.c.status.in_(RUNNING), subscriptions.c.period_end < today)
        .order_by(subscriptions.c.period_end)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(ended).all()


def _known(subscription: Subscription | None) -> Subscription:
    if subscription is None:
        raise FirmNotKnownYet("the firm is being set up; try again in a moment")
    return subscription
