"""Queries on the counted attempts."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.commands import insert_or_skip
from identity.passwords.tables import throttles
from identity.passwords.throttle import Throttle

_OF_SUBJECT = throttles.c.subject == sa.bindparam("of_subject")
_HELD = sa.select(Throttle).where(_OF_SUBJECT).with_for_update()
_FORGET = (
    sa.update(throttles)
    .where(_OF_SUBJECT)
    .values(counted_since=sa.bindparam("now"), attempts=0, open_at=None)
)


def lock_throttle(session: Session, subject: str, now: datetime) -> Throttle:
    """Return the subject's count, begun if there is none, held until the transaction ends."""
    insert_or_skip(session, throttles, {"subject": subject, "counted_since": now, "attempts": 0})
    return session.scalars(_HELD, {"of_subject": subject}).one()


def forget_attempts(session: Session, subject: str, now: datetime) -> None:
    """Count anew: its owner has shown who they are.

    The row stays, as another login may be waiting for it.
    """
    session.execute(_FORGET, {"of_subject": subject, "now": now})
