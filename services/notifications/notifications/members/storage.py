"""What is kept of members: who belongs where, and how to reach them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.projections import keep_newest
from notifications.members.tables import members

_ACTIVE = sa.select(members).where(members.c.status == "active")
_OF_ACCOUNT = _ACTIVE.where(members.c.account_id == sa.bindparam("of_account"))
_OF_FIRM = _ACTIVE.where(members.c.firm_id == sa.bindparam("of_firm"))
_ONE_OF_FIRM = _OF_FIRM.where(members.c.member_id == sa.bindparam("of_id"))
_REACHED = _OF_FIRM.where(
    members.c.role.in_(sa.bindparam("roles", expanding=True)), members.c.email != ""
).order_by(members.c.member_id)
_NAMESAKES = sa.select(members).where(
    members.c.firm_id.in_(sa.bindparam("firms", expanding=True)),
    members.c.email.in_(sa.bindparam("emails", expanding=True)),
)
_ROLES = sa.select(members.c.member_id, members.c.role).where(
    members.c.member_id.in_(sa.bindparam("ids", expanding=True))
)
_UNREACHED = (
    sa.select(members)
    .where(members.c.email.is_(None))
    .order_by(members.c.member_id)
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)
_REACH = (
    sa.update(members)
    .where(members.c.member_id == sa.bindparam("of_id"), members.c.email.is_(None))
    .values(name=sa.bindparam("new_name"), email=sa.bindparam("new_email"))
)


def find_membership(session: Session, account_id: UUID) -> dict[str, Any] | None:
    """Return the account's one active membership, or None."""
    found = session.execute(_OF_ACCOUNT, {"of_account": account_id}).mappings().first()
    return dict(found) if found else None


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the firm in which the account works, as far as is known here."""
    found = find_membership(session, account_id)
    return found["firm_id"] if found else None


def find_member(session: Session, firm_id: UUID, member_id: UUID) -> dict[str, Any] | None:
    """Return the firm's active member of that id, or None."""
    asked = {"of_firm": firm_id, "of_id": member_id}
    found = session.execute(_ONE_OF_FIRM, asked).mappings().first()
    return dict(found) if found else None


def list_managers(session: Session, firm_id: UUID, roles: frozenset[str]) -> list[dict[str, Any]]:
    """Return the firm's active members in one of ``roles`` who can be reached, in a fixed order."""
    asked = {"of_firm": firm_id, "roles": sorted(roles)}
    return [dict(row) for row in session.execute(_REACHED, asked).mappings()]


def list_namesakes(
    session: Session, addressed: Collection[tuple[UUID, str]]
) -> dict[tuple[UUID, str], list[dict[str, Any]]]:
    """Return what is known of members, also former ones, by firm and address."""
    if not addressed:
        return {}
    firms, emails = {firm_id for firm_id, _ in addressed}, {email for _, email in addressed}
    found: dict[tuple[UUID, str], list[dict[str, Any]]] = {}
    asked = {"firms": list(firms), "emails": list(emails)}
    for row in session.execute(_NAMESAKES, asked).mappings():
        found.setdefault((row["firm_id"], row["email"]), []).append(dict(row))
    return found


def list_roles(session: Session, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what these members are now, by id."""
    if not member_ids:
        return {}
    rows = session.execute(_ROLES, {"ids": list(member_ids)})
    return {row.member_id: row.role for row in rows}


def list_unreached(session: Session, limit: int) -> Sequence[sa.Row[Any]]:
    """Return members whose name and address were never kept."""
    return session.execute(_UNREACHED, {"up_to": limit}).all()


def reach_member(session: Session, member_id: UUID, name: str, email: str) -> None:
    """Keep how to reach a member, unless an event has told it meanwhile."""
    session.execute(_REACH, {"of_id": member_id, "new_name": name, "new_email": email})


def project_member(session: Session, event: dict[str, Any]) -> None:
    """Keep what groups says of a member, unless something newer is known."""
    keep_newest(session, members, event)
