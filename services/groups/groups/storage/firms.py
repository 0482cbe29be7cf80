"""Firms, and holding them: every change of members, licenses or invitations holds its firm."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from groups.domain.errors import FirmNotFound
from groups.domain.firm import Firm
from groups.domain.license import LicensePool
from groups.domain.member import Member
from groups.storage.members import ACTIVE, not_ready
from groups.storage.tables import firms, license_pools, members

FirmsOf = Callable[[Session, Iterable[UUID]], dict[UUID, Firm]]  # lock_firms or look_at_firms


def lock_firm(session: Session, firm_id: UUID) -> Firm:
    """The firm and its pool, held until the transaction ends. Raises FirmNotFound."""
    return lock_firms(session, [firm_id])[firm_id]


def lock_firms(session: Session, firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Several firms, always held in the same order, so that no two wait for each other.

    Raises FirmNotFound.
    """
    wanted = set(firm_ids)
    held = sa.select(Firm).where(firms.c.id.in_(wanted)).order_by(firms.c.id).with_for_update()
    found = {
        firm.id: firm for firm in session.scalars(held.execution_options(populate_existing=True))
    }
    if wanted - found.keys():
        raise FirmNotFound("there is no such firm")
    # Only a statement begun after the rows were ours sees what their last holders left.
    pools = sa.select(LicensePool).where(license_pools.c.firm_id.in_(wanted))
    for pool in session.scalars(pools.execution_options(populate_existing=True)):
        _with_pool(found[pool.firm_id], pool)
    return found


def look_at_firm(session: Session, firm_id: UUID) -> Firm:
    """The firm and its pool as they now are, for somebody who changes nothing."""
    firm = session.get(Firm, firm_id, populate_existing=True)
    if firm is None:
        raise FirmNotFound("there is no such firm")
    session.refresh(firm, ["pool"])
    return firm


def look_at_firms(session: Session, firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Several firms, none of them held."""
    return {firm_id: look_at_firm(session, firm_id) for firm_id in set(firm_ids)}


def lock_own_firm(session: Session, account_id: UUID | None) -> tuple[Firm, Member]:
    """The firm in which the account works, held, and its membership there.

    Raises FirmNotReady while there is none.
    """
    mine = members.c.account_id == account_id, members.c.status == ACTIVE
    own = sa.select(members.c.firm_id).where(*mine).scalar_subquery()
    held = sa.select(Firm).where(firms.c.id == own).with_for_update(of=firms)
    known = sa.select(LicensePool, Member).where(
        *mine, license_pools.c.firm_id == members.c.firm_id
    )
    while True:
        firm = session.scalar(held.execution_options(populate_existing=True))
        if firm is None:
            raise not_ready()
        found = session.execute(known.execution_options(populate_existing=True)).one_or_none()
        if found and found.Member.firm_id == firm.id:
            return _with_pool(firm, found.LicensePool), found.Member
        # The account went elsewhere while we waited: that firm is held next, too.


def _with_pool(firm: Firm, pool: LicensePool | None) -> Firm:
    """Spares the firm a look at what was just read."""
    set_committed_value(firm, "pool", pool)
    return firm


def read_firm(session: Session, firm_id: UUID) -> dict[str, Any]:
    """The firm as its overview shows it."""
    is_solo = (firms.c.active_members <= 1).label("is_solo")
    firm = sa.select(firms, is_solo).where(firms.c.id == firm_id)
    return dict(session.execute(firm).mappings().one())


def read_pool(session: Session, firm_id: UUID) -> dict[str, Any]:
    """``total``, ``unused``, ``held`` and ``used`` of the firm's licenses."""
    total = license_pools.c.unused + license_pools.c.held + license_pools.c.used
    counts = sa.select(license_pools, total.label("total"))
    return dict(session.execute(counts.where(license_pools.c.firm_id == firm_id)).mappings().one())
