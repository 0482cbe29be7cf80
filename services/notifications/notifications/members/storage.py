"""What is kept of members: who belongs where, and how to reach them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.projections import keep_newest
from notifications.members.tables import members


def find_membership(session: Session, account_id: UUID) -> dict[str, Any] | None:
    """The account's one active membership, or None."""
    active = sa.select(members).where(members.c.account_id == account_id)
    found = session.execute(active.where(members.c.status == "active")).mappings().first()
    return dict(found) if found else None


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """The firm in which the account works, as far as is known here."""
    found = find_membership(session, account_id)
    return found["firm_id"] if found else None


def find_member(session: Session, firm_id: UUID, member_id: UUID) -> dict[str, Any] | None:
    """The firm's active member of that id, or None."""
    chosen = sa.select(members).where(members.c.member_id == member_id)
    mine = chosen.where(members.c.firm_id == firm_id, members.c.status == "active")
    found = session.execute(mine).mappings().first()
    return dict(found) if found else None


def list_managers(session: Session, firm_id: UUID, roles: frozenset[str]) -> list[dict[str, Any]]:
    """The firm's active members in one of ``roles`` who can be reached, in a fixed order."""
    active = sa.select(members).where(members.c.firm_id == firm_id, members.c.status == "active")
    reached = active.where(members.c.role.in_(roles), members.c.email != "")
    return [dict(row) for row in session.execute(reached.order_by(members.c.member_id)).mappings()]


def list_namesakes(
    session: Session, addressed: Collection[tuple[UUID, str]]
) -> dict[tuple[UUID, str], list[dict[str, Any]]]:
    """What is known of members, also former ones, by firm and address."""
    if not addressed:
        return {}
    firms, emails = {firm_id for firm_id, _ in addressed}, {email for _, email in addressed}
    known = sa.select(members).where(members.c.firm_id.in_(firms), members.c.email.in_(emails))
    found: dict[tuple[UUID, str], list[dict[str, Any]]] = {}
    for row in session.execute(known).mappings():
        found.setdefault((row["firm_id"], row["email"]), []).append(dict(row))
    return found


def list_roles(session: Session, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these members are now, by id."""
    if not member_ids:
        return {}
    known = sa.select(members.c.member_id, members.c.role)
    rows = session.execute(known.where(members.c.member_id.in_(member_ids)))
    return {row.member_id: row.role for row in rows}


def list_unreached(session: Session, limit: int) -> Sequence[sa.Row[Any]]:
    """Members whose name and address were never kept."""
    unknown = sa.select(members).where(members.c.email.is_(None))
    return session.execute(unknown.order_by(members.c.member_id).limit(limit)).all()


def reach_member(session: Session, member_id: UUID, name: str, email: str) -> None:
    """Keep how to reach a member, unless an event has told it meanwhile."""
    unknown = sa.update(members).where(members.c.member_id == member_id, members.c.email.is_(None))
    session.execute(unknown.values(name=name, email=email))


def project_member(session: Session, event: dict[str, Any]) -> None:
    """Keep what groups says of a member, unless something newer is known."""
    keep_newest(session, members, event)
