"""Projections of what groups owns: firms and members, kept by version."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from billing.domain.member import Buyer
from billing.storage.tables import firms, members

ACTIVE = "active"


def project_firm(session: Session, firm: Mapping[str, Any]) -> None:
    """Take over a firm's state, unless it is older than what is known."""
    _keep_newest(session, firms, firm)


def project_member(session: Session, member: Mapping[str, Any]) -> None:
    """Take over a member's state, unless it is older than what is known."""
    _keep_newest(session, members, member)


def find_firm_name(session: Session, firm_id: UUID) -> str:
    """The firm's name; empty while its news has not arrived."""
    return session.scalar(sa.select(firms.c.name).where(firms.c.firm_id == firm_id)) or ""


def find_active_member(session: Session, account_id: UUID | None) -> Buyer | None:
    """The account's active membership, if any; the newest where news of two overlap."""
    found = session.execute(
        sa.select(members.c.account_id, members.c.firm_id, members.c.role)
        .where(members.c.account_id == account_id, members.c.status == ACTIVE)
        .order_by(members.c.member_id.desc())
        .limit(1)
    ).one_or_none()
    return Buyer(*found) if found else None


def firm_of(session: Session, account_id: UUID) -> UUID | None:
    """The firm in which the account works, as far as is known here."""
    found = find_active_member(session, account_id)
    return found.firm_id if found else None


def list_active_members(session: Session, firm_id: UUID, roles: Sequence[str]) -> Sequence[Any]:
    """The firm's active members in these roles, by name: rows with role, name and email."""
    return session.execute(
        sa.select(members.c.role, members.c.name, members.c.email)
        .where(members.c.firm_id == firm_id, members.c.role.in_(roles))
        .where(members.c.status == ACTIVE)
        .order_by(members.c.name, members.c.member_id)
    ).all()


def _keep_newest(session: Session, table: sa.Table, state: Mapping[str, Any]) -> None:
    """One statement, so that news in the wrong order or at the same moment end the same."""
    values = {column.name: state[column.name] for column in table.columns}
    in_sqlite = session.get_bind().dialect.name == "sqlite"
    insert: Any = sqlite.insert(table) if in_sqlite else postgresql.insert(table)
    key = list(table.primary_key.columns)
    session.execute(
        insert.values(**values).on_conflict_do_update(
            index_elements=key,
            set_={name: insert.excluded[name] for name in values},
            where=table.c.version < insert.excluded.version,
        )
    )
