"""Firms, and holding them: every change of members, licenses or invitations holds its firm."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from groups.firms.errors import FirmNotFound
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.firms.pool import LicensePool
from groups.firms.states import LIVE, LicenseState
from groups.firms.tables import firms, license_pools, licenses

FirmsOf = Callable[[Session, Iterable[UUID]], dict[UUID, Firm]]  # lock_firms or get_firms

# Asked for by nearly every message, so built once.
_HELD = (
    sa.select(Firm)
    .where(firms.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(firms.c.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_POOLS = (
    sa.select(LicensePool)
    .where(license_pools.c.firm_id.in_(sa.bindparam("ids", expanding=True)))
    .execution_options(populate_existing=True)
)
_SHOWN = sa.select(firms, (firms.c.active_members <= 1).label("is_solo")).where(
    firms.c.id == sa.bindparam("of_firm")
)
_COUNTED = sa.select(
    license_pools,
    (license_pools.c.unused + license_pools.c.held + license_pools.c.used).label("total"),
).where(license_pools.c.firm_id == sa.bindparam("of_firm"))
IS_BOUGHT = licenses.c.state.in_(LIVE), licenses.c.paid_through.is_not(None)
_BOUGHT = sa.select(sa.func.count()).where(
    licenses.c.firm_id == sa.bindparam("of_firm"), *IS_BOUGHT
)

_ASSIGNABLE = (
    sa.select(License)
    .where(
        licenses.c.firm_id == sa.bindparam("of_firm"),
        licenses.c.state == LicenseState.UNUSED,
        sa.or_(licenses.c.paid_through.is_(None), licenses.c.paid_through >= sa.bindparam("today")),
    )
    .order_by(licenses.c.paid_through.nulls_last(), licenses.c.id)
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)

_OWNED = sa.select(firms.c.id).where(firms.c.owner_account_id == sa.bindparam("of_account"))


def lock_firm(session: Session, firm_id: UUID) -> Firm:
    """Return the firm and its pool, held until the transaction ends. Raises FirmNotFound."""
    return lock_firms(session, [firm_id])[firm_id]


def lock_firms(session: Session, firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Return several firms, always held in the same order, so that no two wait for each other.

    Raises FirmNotFound.
    """
    wanted = set(firm_ids)
    ids = {"ids": list(wanted)}
    found = {firm.id: firm for firm in session.scalars(_HELD, ids)}
    if wanted - found.keys():
        raise FirmNotFound("there is no such firm")
    # Only a statement begun after the rows were ours sees what their last holders left.
    for pool in session.scalars(_POOLS, ids):
        with_pool(found[pool.firm_id], pool)
    return found


def get_firm(session: Session, firm_id: UUID) -> Firm:
    """Return the firm and its pool as they now are, for somebody who changes nothing."""
    firm = session.get(Firm, firm_id, populate_existing=True)
    if firm is None:
        raise FirmNotFound("there is no such firm")
    session.refresh(firm, ["pool"])
    return firm


def get_firms(session: Session, firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Return several firms, none of them held."""
    return {firm_id: get_firm(session, firm_id) for firm_id in set(firm_ids)}


def with_pool(firm: Firm, pool: LicensePool | None) -> Firm:
    """Return the firm with the pool that was just read, which spares it a look."""
    set_committed_value(firm, "pool", pool)
    return firm


def read_firm(session: Session, firm_id: UUID) -> dict[str, Any]:
    """Return the firm as its overview shows it."""
    return dict(session.execute(_SHOWN, {"of_firm": firm_id}).mappings().one())


def read_pool(session: Session, firm_id: UUID) -> dict[str, Any]:
    """Return ``total``, ``unused``, ``held`` and ``used`` of the firm's licenses."""
    return dict(session.execute(_COUNTED, {"of_firm": firm_id}).mappings().one())


def has_own_firm(session: Session, account_id: UUID) -> bool:
    """Return whether this professional's solo firm has been made."""
    return session.scalar(_OWNED, {"of_account": account_id}) is not None


def count_bought(session: Session, firm_id: UUID) -> int:
    """Return how many licenses that the firm paid for have not lapsed."""
    return session.scalar(_BOUGHT, {"of_firm": firm_id}) or 0


def list_assignable(session: Session, firm_id: UUID, today: date, limit: int) -> list[License]:
    """Return up to ``limit`` unused licenses assignable today, oldest paid-through first (Q3).

    The caller holds the firm, so nobody else takes them.
    """
    asked = {"of_firm": firm_id, "today": today, "up_to": limit}
    return list(session.scalars(_ASSIGNABLE, asked)) if limit else []


def find_license(session: Session, license_id: UUID | None) -> License | None:
    """Return the license, as it now is; None for None."""
    return session.get(License, license_id, populate_existing=True) if license_id else None
