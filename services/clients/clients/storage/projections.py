"""What groups says of firms and members: an older word never replaces a newer one."""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from clients.domain.standing import Member
from clients.storage.tables import firms, members


def project_firm(session: Session, firm: dict[str, Any]) -> None:
    """Keep the firm's state unless a newer one is known."""
    _keep_newest(session, firms, firm)


def project_member(session: Session, member: Member) -> bool:
    """Keep the member's state; False if one as new or newer was known already."""
    return _keep_newest(session, members, asdict(member))


def knows(session: Session, member: Member) -> bool:
    """Whether this state of the member, or a newer one, is known here."""
    version = sa.select(members.c.version).where(members.c.member_id == member.member_id)
    return (session.scalar(version) or 0) >= member.version


def is_newest(session: Session, member: Member) -> bool:
    """Whether nothing newer is known of this member, also where this was known before."""
    newer = sa.select(members.c.version).where(members.c.member_id == member.member_id)
    return session.scalars(newer).one() == member.version


def _keep_newest(session: Session, table: sa.Table, row: dict[str, Any]) -> bool:
    sqlite = session.get_bind().dialect.name == "sqlite"
    upsert = (sqlite_insert if sqlite else postgres_insert)(table).values(**row)
    key = [column.name for column in table.primary_key]
    news = {name: upsert.excluded[name] for name in row if name not in key}
    newer = table.c.version < upsert.excluded.version
    done = session.execute(upsert.on_conflict_do_update(index_elements=key, set_=news, where=newer))
    return bool(done.rowcount)  # type: ignore[attr-defined]
