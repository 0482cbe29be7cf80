"""Licenses: those that can be given, and those whose day comes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.firms.license import License
from groups.firms.states import LIVE, LicenseState
from groups.firms.tables import licenses
from groups.members.member import Member
from groups.members.tables import members


def list_own_first(session: Session, firm_id: UUID, today: date) -> list[License]:
    """At most one unused license that can be used today: the own subscription's, if it is there."""
    paid = sa.or_(licenses.c.paid_through.is_(None), licenses.c.paid_through >= today)
    unused = sa.select(License).where(
        licenses.c.firm_id == firm_id, licenses.c.state == LicenseState.UNUSED, paid
    )
    own_first = unused.order_by(licenses.c.paid_through.nulls_first(), licenses.c.id).limit(1)
    return list(session.scalars(own_first.execution_options(populate_existing=True)))


def list_overdue_licenses(session: Session, firm_id: UUID, today: date) -> list[License]:
    """The firm's unused licenses whose last day is over; the caller holds the firm."""
    overdue = sa.select(License).where(
        licenses.c.firm_id == firm_id, *_over(LicenseState.UNUSED, today)
    )
    return list(session.scalars(overdue.execution_options(populate_existing=True)))


def firms_with_overdue_licenses(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms that have unused licenses whose last day is over."""
    return sa.select(licenses.c.firm_id).where(*_over(LicenseState.UNUSED, now.date()))


def list_overdue_in_use(
    session: Session, firm_id: UUID, today: date
) -> list[tuple[License, Member]]:
    """Used licenses whose last day is over, with their members; the caller holds the firm."""
    over = sa.select(License, Member).join(members, members.c.license_id == licenses.c.id)
    over = over.where(licenses.c.firm_id == firm_id, *_over(LicenseState.USED, today))
    rows = session.execute(over.execution_options(populate_existing=True)).all()
    return [(license, member) for license, member in rows]


def list_bought(session: Session, firm_id: UUID) -> list[License]:
    """What the firm bought and has not lapsed; the caller holds the firm."""
    bought = sa.select(License).where(
        licenses.c.firm_id == firm_id,
        licenses.c.state.in_(LIVE),
        licenses.c.paid_through.is_not(None),
    )
    oldest_first = bought.order_by(licenses.c.paid_through, licenses.c.id)
    return list(session.scalars(oldest_first.execution_options(populate_existing=True)))


def list_to_warn_of(session: Session, firm_id: UUID, today: date) -> list[License]:
    """Licenses that end on a day which is to be announced; the caller holds the firm.

    All of such a day, also those that came later: they are counted together, and said once.
    """
    days = sa.select(licenses.c.paid_through).where(
        licenses.c.firm_id == firm_id, *_to_warn_of(today)
    )
    due = sa.select(License).where(
        licenses.c.firm_id == firm_id,
        licenses.c.state.in_(LIVE),
        licenses.c.paid_through.in_(days),
    )
    return list(session.scalars(due.execution_options(populate_existing=True)))


def firms_with_licenses_in_use(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms in which a used license's last day is over."""
    return sa.select(licenses.c.firm_id).where(*_over(LicenseState.USED, now.date()))


def firms_to_warn(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms in which the end of a license is to be announced."""
    return sa.select(licenses.c.firm_id).where(*_to_warn_of(now.date()))


def read_forecast(session: Session, firm_id: UUID) -> list[dict[str, Any]]:
    """By last day, how many licenses are unused, used and held; the earliest first."""
    counts = (
        sa.func.sum(sa.case((licenses.c.state == state, 1), else_=0)).label(state.value)
        for state in LIVE
    )
    days = (
        sa.select(licenses.c.paid_through, *counts)
        .where(
            licenses.c.firm_id == firm_id,
            licenses.c.state.in_(LIVE),
            licenses.c.paid_through.is_not(None),
        )
        .group_by(licenses.c.paid_through)
        .order_by(licenses.c.paid_through)
    )
    return [dict(row) for row in session.execute(days).mappings()]


def _to_warn_of(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    # Lapsed ones have no such day. The first condition is the index's own.
    return licenses.c.warn_on.is_not(None), licenses.c.warn_on <= today


def _over(state: LicenseState, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    return licenses.c.state == state, licenses.c.paid_through < today


def knows_order(session: Session, order_id: UUID) -> bool:
    """Whether this order's licenses are in the pool already."""
    known = sa.select(licenses.c.id).where(licenses.c.order_id == order_id).limit(1)
    return session.scalar(known) is not None
