"""Projections of what groups owns, kept by version, and the firms' subscriptions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.firms.errors import FirmNotKnownYet
from billing.firms.member import Buyer
from billing.firms.subscription import RUNNING, Subscription, SubscriptionStatus
from billing.firms.tables import firms, members, subscriptions
from chassis.commands import insert_or_skip
from chassis.projections import keep_newest

ACTIVE = "active"

_FIRM_NAME = sa.select(firms.c.name).where(firms.c.firm_id == sa.bindparam("of_firm"))
_IS_ACTIVE = members.c.status == ACTIVE
_MEMBERSHIP = (
    sa.select(members.c.account_id, members.c.firm_id, members.c.role)
    .where(members.c.account_id == sa.bindparam("of_account"), _IS_ACTIVE)
    .order_by(members.c.member_id.desc())
    .limit(1)
)
_MEMBERS = (
    sa.select(members.c.role, members.c.name, members.c.email)
    .where(
        members.c.firm_id == sa.bindparam("of_firm"),
        members.c.role.in_(sa.bindparam("in_roles", expanding=True)),
        _IS_ACTIVE,
    )
    .order_by(members.c.name, members.c.member_id)
)
_CLOSED = sa.select(subscriptions.c.firm_id).where(
    subscriptions.c.status == SubscriptionStatus.CLOSED
)


def project_firm(session: Session, firm: Mapping[str, Any]) -> None:
    """Take over a firm's state, unless it is older than what is known."""
    keep_newest(session, firms, firm)


def project_member(session: Session, member: Mapping[str, Any]) -> None:
    """Take over a member's state, unless it is older than what is known."""
    keep_newest(session, members, member)


def find_firm_name(session: Session, firm_id: UUID) -> str:
    """Return the firm's name; empty while its news has not arrived."""
    return session.scalar(_FIRM_NAME, {"of_firm": firm_id}) or ""


def find_active_member(session: Session, account_id: UUID | None) -> Buyer | None:
    """Return the account's active membership, if any; the newest where news of two overlap."""
    found = session.execute(_MEMBERSHIP, {"of_account": account_id}).one_or_none()
    return Buyer(*found) if found else None


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the firm in which the account works, as far as is known here."""
    found = find_active_member(session, account_id)
    return found.firm_id if found else None


def list_active_members(session: Session, firm_id: UUID, roles: Sequence[str]) -> Sequence[Any]:
    """Return the firm's active members in these roles, by name: rows with role, name and email."""
    return session.execute(_MEMBERS, {"of_firm": firm_id, "in_roles": list(roles)}).all()


def add_trial(session: Session, trial: Subscription) -> bool:
    """Store a new firm's trial; False where the firm already has a subscription."""
    values = {column.name: getattr(trial, column.name) for column in subscriptions.columns}
    return bool(insert_or_skip(session, subscriptions, values))


def lock_subscription(session: Session, firm_id: UUID) -> Subscription:
    """Return the firm's subscription, held until the transaction ends. Raises FirmNotKnownYet.

    Taken before its orders, payments and counters, so that no two transactions wait for each
    other.
    """
    return _known(session.get(Subscription, firm_id, with_for_update=True))


def get_subscription(session: Session, firm_id: UUID) -> Subscription:
    """Return the firm's subscription.

    Raises FirmNotKnownYet while the firm's news is on its way.
    """
    return _known(session.get(Subscription, firm_id))


def firms_with_ended_subscriptions(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms whose subscription runs by its status, though its last day has passed."""
    return sa.select(subscriptions.c.firm_id).where(
        subscriptions.c.status.in_(RUNNING), subscriptions.c.period_end < now.date()
    )


def closed_firms() -> sa.Select[tuple[UUID]]:
    """Select the firms whose subscription is closed for good."""
    return _CLOSED


def _known(subscription: Subscription | None) -> Subscription:
    if subscription is None:
        raise FirmNotKnownYet("the firm is being set up; try again in a moment")
    return subscription
