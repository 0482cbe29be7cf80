"""What has been overtaken: remembered, as the mail that it ends may be owed only later."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.commands import insert_or_skip
from chassis.tables import Instant, enum
from notifications.domain.letters import Kind
from notifications.domain.mail import Mail
from notifications.domain.overtaking import Cause, Overtaking
from notifications.storage.mails import mails
from notifications.storage.tables import metadata

overtakings = sa.Table(
    "overtakings",
    metadata,
    sa.Column("subject_id", sa.Uuid, primary_key=True),
    sa.Column("kind", enum(Kind), primary_key=True),
    sa.Column("through", sa.BigInteger, nullable=False, comment="the highest rank it ends"),
    sa.Column("cause", enum(Cause), nullable=False),
    sa.Column("at", Instant, nullable=False),
    comment="which mails are true no more",
)


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
