"""Mails: their table, and every query on it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, registry

from chassis.commands import insert_or_skip
from chassis.paging import decode_cursor, page
from chassis.tables import Instant, enum
from notifications.domain.letters import Kind
from notifications.domain.mail import Mail, State
from notifications.storage.tables import metadata

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("about_id", sa.Uuid, nullable=False),
    sa.Column("generation", sa.String(40), nullable=False, comment="which sending of it"),
    sa.Column("recipient", sa.String(254), nullable=False),
    sa.Column("recipient_name", sa.String(200), nullable=False),
    sa.Column("firm_id", sa.Uuid),
    sa.Column("facts", sa.JSON, nullable=False, comment="what the mail tells; never a token"),
    sa.Column("state", enum(State), nullable=False),
    sa.Column("reason", sa.String(100), nullable=False),
    sa.Column("detail", sa.String(300), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("due_at", Instant, comment="next attempt, or end of the lease; NULL: settled"),
    sa.Column("subject_id", sa.Uuid, index=True, comment="beside about_id, what news may end it"),
    sa.Column("rank", sa.BigInteger, nullable=False, comment="news end mails up to one"),
    sa.UniqueConstraint("kind", "about_id", "generation", "recipient"),
    sa.Index("ix_mails_firm_id_id", "firm_id", "id"),
    sa.Index(
        "ix_mails_due_at",
        "due_at",
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    ),
    sa.Index("ix_mails_about_id", "about_id"),
)

registry(metadata=metadata).map_imperatively(Mail, mails)


def add_mail(session: Session, mail: Mail) -> bool:
    """Store a new mail; False if the same one is owed already."""
    return bool(insert_or_skip(session, mails, asdict(mail)))


def lock_due_mails(session: Session, now: datetime, limit: int) -> Sequence[Mail]:
    """Mails whose turn it is, longest waiting first; those that another process holds are left."""
    due = sa.select(Mail).where(mails.c.due_at <= now).order_by(mails.c.due_at, mails.c.id)
    return session.scalars(due.limit(limit).with_for_update(skip_locked=True)).all()


def lock_mails(session: Session, ids: Sequence[UUID]) -> Sequence[Mail]:
    """These mails, held until the transaction ends."""
    chosen = sa.select(Mail).where(mails.c.id.in_(ids)).order_by(mails.c.id)
    return session.scalars(chosen.with_for_update()).all()


def lock_waiting_mails_of_firm(session: Session, firm_id: UUID) -> Sequence[Mail]:
    """The firm's mails that are not settled yet."""
    waiting = sa.select(Mail).where(mails.c.firm_id == firm_id, mails.c.due_at.is_not(None))
    return session.scalars(waiting.order_by(mails.c.id).with_for_update()).all()


def list_mails(
    session: Session, firm_id: UUID, limit: int, cursor: str | None, about: UUID | None
) -> dict[str, Any]:
    """One page of the firm's mails, newest first."""
    newest = sa.select(mails).where(mails.c.firm_id == firm_id).order_by(mails.c.id.desc())
    if about:
        newest = newest.where(mails.c.about_id == about)
    if cursor:
        newest = newest.where(mails.c.id < decode_cursor(cursor, UUID)[0])
    rows = session.execute(newest.limit(limit + 1)).all()
    return page(rows, limit, lambda row: [row.id])
