"""Firms, and holding them: every change of members, licenses or invitations holds its firm."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.domain.errors import FirmNotFound
from groups.domain.firm import Firm
from groups.domain.license import LicensePool
from groups.domain.member import Member
from groups.storage.members import get_own_membership
from groups.storage.tables import firms, license_pools

FirmsOf = Callable[[Session, Iterable[UUID]], dict[UUID, Firm]]  # lock_firms or look_at_firms


def lock_firm(session: Session, firm_id: UUID) -> Firm:
    """The firm and its pool, held until the transaction ends. Raises FirmNotFound."""
    firm = session.get(Firm, firm_id, with_for_update=True, populate_existing=True)
    if firm is None:
        raise FirmNotFound("there is no such firm")
    # Only a statement begun after the row was ours sees what its last holder left.
    session.get(LicensePool, firm_id, populate_existing=True)
    return firm


def lock_firms(session: Session, firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Several firms, always held in the same order, so that no two wait for each other."""
    return {firm_id: lock_firm(session, firm_id) for firm_id in sorted(set(firm_ids))}


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
    firm = None
    while True:
        member = get_own_membership(session, account_id)
        if firm and firm.id == member.firm_id:
            return firm, member
        firm = lock_firm(session, member.firm_id)  # again if the account went elsewhere meanwhile


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
