"""Queries on who pays for which member."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.coverages.coverage import Coverage
from billing.coverages.tables import coverages
from billing.firms.tables import firms, members
from chassis.commands import insert_or_skip
from chassis.paging import Paged

_PAID_FOR = (
    sa.select(
        coverages.c.member_id,
        coverages.c.account_id,
        members.c.name,
        members.c.role,
        coverages.c.firm_id.label("payer_firm_id"),
        firms.c.name.label("payer_name"),
        coverages.c.covered_from.label("since"),
        coverages.c.covered_until.label("until"),
    )
    .join(members, members.c.member_id == coverages.c.member_id)
    .outerjoin(firms, firms.c.firm_id == coverages.c.firm_id)
    .where(coverages.c.firm_id == sa.bindparam("of_firm"), coverages.c.covered_from.is_not(None))
)
_PAYERS = Paged(_PAID_FOR, coverages.c.member_id)
_COVERED_ELSEWHERE = (
    sa.select(coverages.c.member_id)
    .where(
        coverages.c.home_firm_id == sa.bindparam("of_home_firm"),
        coverages.c.covered_until.is_(None),
        coverages.c.member_id != sa.bindparam("but_member"),
    )
    .limit(1)
)
_OPEN = (
    sa.select(Coverage)
    .where(
        coverages.c.firm_id == sa.bindparam("of_firm"),
        coverages.c.account_id == sa.bindparam("of_account"),
        coverages.c.covered_from.is_not(None),
        coverages.c.covered_until.is_(None),
    )
    .order_by(coverages.c.member_id.desc())
    .limit(1)
)


def lock_coverage(session: Session, member_id: UUID, firm_id: UUID, account_id: UUID) -> Coverage:
    """Return the member's coverage, begun or not, held until the transaction ends.

    Taken before the subscription that it pauses.
    """
    key = {"member_id": member_id, "firm_id": firm_id, "account_id": account_id}
    insert_or_skip(session, coverages, key)
    return session.get_one(Coverage, member_id, with_for_update=True, populate_existing=True)


def is_covered_elsewhere(session: Session, home_firm_id: UUID, member_id: UUID) -> bool:
    """Return whether another membership of the same professional is paid for by a firm."""
    other = {"of_home_firm": home_firm_id, "but_member": member_id}
    return session.scalar(_COVERED_ELSEWHERE, other) is not None


def find_open_coverage(session: Session, firm_id: UUID, account_id: UUID) -> Coverage | None:
    """Return the coverage under which the firm pays for that account today, if any."""
    mine = {"of_firm": firm_id, "of_account": account_id}
    return session.scalars(_OPEN, mine).one_or_none()


def list_payers(session: Session, firm_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return a page of those the firm pays or paid for, with role and names of today.

    Raises InvalidCursor.
    """
    return _PAYERS.read(session, limit, cursor, of_firm=firm_id)
