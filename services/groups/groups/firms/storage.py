"""Firms, and holding them: every change of members, licenses or invitations holds its firm."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from groups.firms.errors import FirmNotFound
from groups.firms.firm import Firm
from groups.firms.outcome import Outcome
from groups.firms.pool import LicensePool
from groups.firms.states import LIVE
from groups.firms.tables import firms, license_entries, license_pools, licenses

FirmsOf = Callable[[Session, Iterable[UUID]], dict[UUID, Firm]]  # lock_firms or look_at_firms
T = TypeVar("T")

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
_BOUGHT = sa.select(sa.func.count()).where(
    licenses.c.firm_id == sa.bindparam("of_firm"),
    licenses.c.state.in_(LIVE),
    licenses.c.paid_through.is_not(None),
)


def lock_firm(session: Session, firm_id: UUID) -> Firm:
    """The firm and its pool, held until the transaction ends. Raises FirmNotFound."""
    return lock_firms(session, [firm_id])[firm_id]


def lock_firms(session: Session, firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Several firms, always held in the same order, so that no two wait for each other.

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


def with_pool(firm: Firm, pool: LicensePool | None) -> Firm:
    """Spares the firm a look at what was just read."""
    set_committed_value(firm, "pool", pool)
    return firm


def read_firm(session: Session, firm_id: UUID) -> dict[str, Any]:
    """The firm as its overview shows it."""
    return dict(session.execute(_SHOWN, {"of_firm": firm_id}).mappings().one())


def read_pool(session: Session, firm_id: UUID) -> dict[str, Any]:
    """``total``, ``unused``, ``held`` and ``used`` of the firm's licenses."""
    return dict(session.execute(_COUNTED, {"of_firm": firm_id}).mappings().one())


def has_own_firm(session: Session, account_id: UUID) -> bool:
    """Whether this professional's solo firm has been made."""
    own = sa.select(firms.c.id).where(firms.c.owner_account_id == account_id)
    return session.scalar(own) is not None


def count_bought(session: Session, firm_id: UUID) -> int:
    """How many licenses that the firm paid for have not lapsed."""
    return session.scalar(_BOUGHT, {"of_firm": firm_id}) or 0


def store(session: Session, outcome: Outcome[T]) -> T:
    """Store new things and the licenses' biography; the outcome's result."""
    session.flush()  # first what changed, so that new rows find unique places free
    for kind in dict.fromkeys(type(one) for one in outcome.new):
        session.add_all([one for one in outcome.new if type(one) is kind])
        session.flush()
    if outcome.entries:
        session.execute(sa.insert(license_entries), [vars(entry) for entry in outcome.entries])
    return outcome.result
