"""Who hears a service's events, and up to which of them that is known."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.commands import insert_or_skip
from chassis.consumers import Consumers
from chassis.outbox import newest_id, outbox
from chassis.tables import new_metadata

consumers = new_metadata().tables["consumers"]


class Consumer(NamedTuple):
    """One handler that hears one kind of event; ``since`` and ``received_to`` are outbox ids."""

    service: str
    handler: str
    type: str
    since: int
    received_to: int

    @property
    def name(self) -> str:
        """``notifications.on_account_registered``."""
        return f"{self.service}.{self.handler}"


def register(session: Session, listening: Consumers) -> None:
    """Note who listens from now on. What was published before had no queue of theirs."""
    known = {one.name for one in listed(session, listening)}
    new = [
        {"service": service, "handler": handler, "type": kind}
        for kind, heard_by in listening.items()
        for service, handler in heard_by
        if f"{service}.{handler}" not in known
    ]
    if not new:
        return
    before = _published_so_far(session)
    for row in new:
        insert_or_skip(session, consumers, {**row, "since": before, "received_to": before})


def _published_so_far(session: Session) -> int:
    waiting = sa.select(sa.func.min(outbox.c.id)).where(outbox.c.published_at.is_(None))
    first: int | None = session.scalar(waiting)
    if first is not None:
        return first - 1
    return newest_id(session.connection())


def listed(session: Session, listening: Consumers) -> Sequence[Consumer]:
    """Return those that are noted and still listen, by name."""
    now = {
        (service, handler, kind)
        for kind, heard_by in listening.items()
        for service, handler in heard_by
    }
    columns = [consumers.c[name] for name in Consumer._fields]
    rows = session.execute(
        sa.select(*columns).order_by(consumers.c.service, consumers.c.handler)
    ).all()
    return [Consumer(*row) for row in rows if (row.service, row.handler, row.type) in now]


def take_turn(session: Session, consumer: Consumer, now: datetime, every: timedelta) -> bool:
    """Claim the next comparison with this consumer; False when it is not due, or another's.

    One that is further off than ``every`` was planned by a clock that has been set back.
    """
    due = sa.or_(
        consumers.c.compare_at.is_(None),
        consumers.c.compare_at <= now,
        consumers.c.compare_at > now + every,
    )
    mine = sa.update(consumers).where(*_key(consumer), due).values(compare_at=now + every)
    return bool(session.execute(mine).rowcount)  # type: ignore[attr-defined]


def advance(session: Session, consumer: Consumer, received_to: int) -> None:
    """Record that it has all up to there; does nothing when somebody moved it meanwhile."""
    unmoved = consumers.c.received_to == consumer.received_to
    moved = sa.update(consumers).where(*_key(consumer), unmoved)
    session.execute(moved.values(received_to=received_to))


def note_missing(session: Session, consumer: Consumer, first: int, count: int) -> None:
    """Count what it turned out to miss, and look again from the first of that on."""
    before = sa.case((consumers.c.received_to < first, consumers.c.received_to), else_=first - 1)
    noted = sa.update(consumers).where(*_key(consumer))
    session.execute(noted.values(received_to=before, republished=consumers.c.republished + count))


def received_by_all(session: Session, listening: Consumers) -> int | None:
    """Return the outbox id up to which every consumer is known to have its events.

    It is None without any.
    """
    return min((one.received_to for one in listed(session, listening)), default=None)


def republished(session: Session) -> int:
    """Return how often a consumer turned out to miss an event, so far."""
    return int(session.scalar(sa.select(sa.func.sum(consumers.c.republished))) or 0)


def _key(consumer: Consumer) -> tuple[sa.ColumnElement[bool], ...]:
    return consumers.c.service == consumer.service, consumers.c.handler == consumer.handler
