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
_LOCKED = sa.select(Mail).order_by(mails.c.id).with_for_update()
_DUE = (
    sa.select(Mail)
    .where(mails.c.due_at <= sa.bindparam("now"))
    .order_by(mails.c.due_at, mails.c.id)
    .limit(sa.bindparam("up_to", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_CHOSEN = _LOCKED.where(mails.c.id.in_(sa.bindparam("ids", expanding=True)))
_WAITING_OF_FIRM = _LOCKED.where(
    mails.c.firm_id == sa.bindparam("of_firm"), mails.c.due_at.is_not(None)
)
_ENDED = _LOCKED.where(
    sa.or_(
        mails.c.about_id == sa.bindparam("of_subject"),
        mails.c.subject_id == sa.bindparam("of_subject"),
    ),
    mails.c.kind.in_(sa.bindparam("kinds", expanding=True)),
    mails.c.rank <= sa.bindparam("up_to"),
    mails.c.due_at.is_not(None),
)
_KNOWN_NEWS = sa.select(overtakings).where(
    overtakings.c.subject_id.in_(sa.bindparam("subjects", expanding=True))
)
_LATER_NEWS = (
    sa.update(overtakings)
    .where(
        overtakings.c.subject_id == sa.bindparam("of_subject"),
        overtakings.c.kind == sa.bindparam("of_kind"),
        overtakings.c.through < sa.bindparam("until"),
    )
    .values(through=sa.bindparam("until"), cause=sa.bindparam("why"), at=sa.bindparam("now"))
)


def add_mail(session: Session, mail: Mail) -> bool:
    """Store a new mail; False if the same one is owed already."""
    return bool(insert_or_skip(session, mails, asdict(mail)))


def lock_due_mails(session: Session, now: datetime, limit: int) -> Sequence[Mail]:
    """Lock mails whose turn it is, longest waiting first; what another process holds is left."""
    return session.scalars(_DUE, {"now": now, "up_to": limit}).all()


def lock_mails(session: Session, ids: Sequence[UUID]) -> Sequence[Mail]:
    """Return these mails, held until the transaction ends."""
    return session.scalars(_CHOSEN, {"ids": ids}).all()


def lock_waiting_mails_of_firm(session: Session, firm_id: UUID) -> Sequence[Mail]:
    """Return the firm's mails that are not settled yet."""
    return session.scalars(_WAITING_OF_FIRM, {"of_firm": firm_id}).all()


def list_mails(
    session: Session, firm_id: UUID, limit: int, cursor: str | None, about: UUID | None
) -> dict[str, Any]:
    """Return one page of the firm's mails, also of those about one thing, newest first.

    Raises InvalidCursor.
    """
    if about is None:
        return _MAILS.read(session, limit, cursor, of_firm=firm_id)
    return _MAILS_ABOUT.read(session, limit, cursor, of_firm=firm_id, about=about)


def add_overtaking(session: Session, overtaking: Overtaking, now: datetime) -> None:
    """Remember it, unless something later is known of that subject."""
    subject_id, through, cause = overtaking.subject_id, overtaking.through, overtaking.cause
    for kind in overtaking.kinds:
        row = {
            "subject_id": subject_id,
            "kind": kind,
            "through": through,
            "cause": cause,
            "at": now,
        }
        if not insert_or_skip(session, overtakings, row):
            later = {"of_subject": subject_id, "of_kind": kind, "until": through, "why": cause}
            session.execute(_LATER_NEWS, {**later, "now": now})


def lock_overtaken(session: Session, overtaking: Overtaking) -> Sequence[Mail]:
    """Return the mails that it ends and that are not settled yet."""
    asked = {"kinds": overtaking.kinds, "up_to": overtaking.through}
    return session.scalars(_ENDED, {"of_subject": overtaking.subject_id, **asked}).all()


def find_overtaken(session: Session, due: Collection[Mail]) -> dict[UUID, Cause]:
    """Return by their id which of these mails have been overtaken, and by what."""
    subjects = {subject for mail in due for subject in mail.subjects}
    if not subjects:
        return {}
    known = session.execute(_KNOWN_NEWS, {"subjects": list(subjects)})
    ended = {(row.subject_id, row.kind): row for row in known}
    found = {}
    for mail in due:
        for subject in mail.subjects:
            row = ended.get((subject, mail.kind))
            if row is not None and mail.rank <= row.through:
                found[mail.id] = row.cause
    return found
