"""Mails and what has overtaken them: every query.

What is overtaken is remembered, as the mail that it ends may be owed only later.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.commands import insert_or_skip
from chassis.paging import Paged
from notifications.mails.mail import Mail
from notifications.mails.overtaking import Cause, Overtaking
from notifications.mails.tables import mails, overtakings

_OF_FIRM = sa.select(mails).where(mails.c.firm_id == sa.bindparam("of_firm"))
_ABOUT = _OF_FIRM.where(mails.c.about_id == sa.bindparam("about"))
_MAILS = Paged(_OF_FIRM, mails.c.id, descending=True)
_MAILS_ABOUT = Paged(_ABOUT, mails.c.id, descending=True)


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
    """One page of the firm's mails, also of those about one thing, newest first.

    Raises InvalidCursor.
    """
    if about is None:
        return _MAILS.read(session, limit, cursor, of_firm=firm_id)
    return _MAILS_ABOUT.read(session, limit, cursor, of_firm=firm_id, about=about)


def add_overtaking(session: Session, overtaking: Overtaking, now: datetime) -> None:
    """Remember it, unless something later is known of that subject."""
    for kind in overtaking.kinds:
        key = {"subject_id": overtaking.subject_id, "kind": kind}
        news = {"through": overtaking.through, "cause": overtaking.cause, "at": now}
        if not insert_or_skip(session, overtakings, key | news):
            mine = (overtakings.c[name] == value for name, value in key.items())
            earlier = sa.update(overtakings).where(*mine)
            earlier = earlier.where(overtakings.c.through < overtaking.through)
            session.execute(earlier.values(**news))


def lock_overtaken(session: Session, overtaking: Overtaking) -> Sequence[Mail]:
    """The mails that it ends and that are not settled yet."""
    subject = overtaking.subject_id
    ended = sa.select(Mail).where(
        sa.or_(mails.c.about_id == subject, mails.c.subject_id == subject),
        mails.c.kind.in_(overtaking.kinds),
        mails.c.rank <= overtaking.through,
        mails.c.due_at.is_not(None),
    )
    return session.scalars(ended.order_by(mails.c.id).with_for_update()).all()


def find_overtaken(session: Session, due: Collection[Mail]) -> dict[UUID, Cause]:
    """Of these mails those that have been overtaken, and by what, by their id."""
    subjects = {subject for mail in due for subject in mail.subjects}
    if not subjects:
        return {}
    known = sa.select(overtakings).where(overtakings.c.subject_id.in_(subjects))
    ended = {(row.subject_id, row.kind): row for row in session.execute(known)}
    found = {}
    for mail in due:
        for subject in mail.subjects:
            row = ended.get((subject, mail.kind))
            if row is not None and mail.rank <= row.through:
                found[mail.id] = row.cause
    return found
