"""Queries on the counted attempts."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.commands import insert_or_skip
from identity.passwords.tables import throttles
from identity.passwords.throttle import Throttle


def lock_throttle(session: Session, subject: str, now: datetime) -> Throttle:
    """The subject's count, begun if there is none, and held until the transaction ends."""
    fresh = {"subject": subject, "counted_since": now, "attempts": 0}
    insert_or_skip(session, throttles, fresh)
    return session.get_one(Throttle, subject, with_for_update=True)


def forget_attempts(session: Session, subject: str, now: datetime) -> None:
    """Its owner has shown who they are. The row stays: another login may be waiting for it."""
    mine = sa.update(throttles).where(throttles.c.subject == subject)
    session.execute(mine.values(counted_since=now, attempts=0, open_at=None))
