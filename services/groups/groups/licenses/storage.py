"""Licenses: those that can be given, and those whose day comes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.firms.license import License
from groups.firms.states import LIVE, LicenseState
from groups.firms.storage import IS_BOUGHT
from groups.firms.tables import licenses
from groups.members.member import Member
from groups.members.tables import members

UNUSED, USED = LicenseState.UNUSED, LicenseState.USED
_OF_FIRM = licenses.c.firm_id == sa.bindparam("of_firm")
_TODAY = sa.bindparam("today", type_=sa.Date)
_IS_OVER = licenses.c.paid_through < _TODAY
_FIRMS = sa.select(licenses.c.firm_id)
_LICENSES = sa.select(License).where(_OF_FIRM).execution_options(populate_existing=True)
_OWN_FIRST = (
    _LICENSES.where(
        licenses.c.state == UNUSED,
        sa.or_(licenses.c.paid_through.is_(None), licenses.c.paid_through >= _TODAY),
    )
    .order_by(licenses.c.paid_through.nulls_first(), licenses.c.id)
    .limit(1)
)
_OVERDUE_UNUSED = _LICENSES.where(licenses.c.state == UNUSED, _IS_OVER)
_OVERDUE_IN_USE = (
    sa.select(License, Member)
    .join(members, members.c.license_id == licenses.c.id)
    .where(_OF_FIRM, licenses.c.state == USED, _IS_OVER)
    .execution_options(populate_existing=True)
)
_BOUGHT = _LICENSES.where(*IS_BOUGHT).order_by(licenses.c.paid_through, licenses.c.id)
# Lapsed ones have no such day. The first condition is the index's own.
_TO_WARN_OF = licenses.c.warn_on.is_not(None), licenses.c.warn_on <= _TODAY
_ENDING_THEN = _LICENSES.where(
    licenses.c.state.in_(LIVE),
    licenses.c.paid_through.in_(sa.select(licenses.c.paid_through).where(_OF_FIRM, *_TO_WARN_OF)),
)
_FORECAST = (
    sa.select(
        licenses.c.paid_through,
        *(
            sa.func.sum(sa.case((licenses.c.state == state, 1), else_=0)).label(state.value)
            for state in LIVE
        ),
    )
    .where(_OF_FIRM, *IS_BOUGHT)
    .group_by(licenses.c.paid_through)
    .order_by(licenses.c.paid_through)
)
_OF_ORDER = sa.select(licenses.c.id).where(licenses.c.order_id == sa.bindparam("of_order")).limit(1)


def list_own_first(session: Session, firm_id: UUID, today: date) -> list[License]:
    """Return at most one unused license for today: the own subscription's, if it is there."""
    return list(session.scalars(_OWN_FIRST, {"of_firm": firm_id, "today": today}))


def list_overdue_licenses(session: Session, firm_id: UUID, today: date) -> list[License]:
    """Return the firm's unused licenses whose last day is over; the caller holds the firm."""
    return list(session.scalars(_OVERDUE_UNUSED, {"of_firm": firm_id, "today": today}))


def firms_with_overdue_licenses(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms that have unused licenses whose last day is over."""
    return _FIRMS.where(licenses.c.state == UNUSED, licenses.c.paid_through < now.date())


def list_overdue_in_use(
    session: Session, firm_id: UUID, today: date
) -> list[tuple[License, Member]]:
    """Return used licenses whose last day is over, with members; the caller holds the firm."""
    rows = session.execute(_OVERDUE_IN_USE, {"of_firm": firm_id, "today": today})
    return [(license, member) for license, member in rows]


def list_bought(session: Session, firm_id: UUID) -> list[License]:
    """Return what the firm bought and has not lapsed; the caller holds the firm."""
    return list(session.scalars(_BOUGHT, {"of_firm": firm_id}))


def list_to_warn_of(session: Session, firm_id: UUID, today: date) -> list[License]:
    """Return licenses that end on a day which is to be announced; the caller holds the firm.

    All of such a day, also those that came later: they are counted together, and said once.
    """
    return list(session.scalars(_ENDING_THEN, {"of_firm": firm_id, "today": today}))


def firms_with_licenses_in_use(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms in which a used license's last day is over."""
    return _FIRMS.where(licenses.c.state == USED, licenses.c.paid_through < now.date())


def firms_to_warn(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms in which the end of a license is to be announced."""
    return _FIRMS.where(licenses.c.warn_on.is_not(None), licenses.c.warn_on <= now.date())


def read_forecast(session: Session, firm_id: UUID) -> list[dict[str, Any]]:
    """Return by last day how many licenses are unused, used and held; the earliest first."""
    return [dict(row) for row in session.execute(_FORECAST, {"of_firm": firm_id}).mappings()]


def knows_order(session: Session, order_id: UUID) -> bool:
    """Return whether this order's licenses are in the pool already."""
    return session.scalar(_OF_ORDER, {"of_order": order_id}) is not None
