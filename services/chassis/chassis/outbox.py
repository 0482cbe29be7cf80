"""Events on their way out: rows written with the change, published after the commit."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.batches import delete_oldest
from chassis.calls import Call
from chassis.ids import lowest_at, made_at, uuid7
from chassis.paging import HIGHEST
from chassis.tables import new_metadata

outbox = new_metadata().tables["outbox"]  # the same in every service; used to build queries
HOLD = (1, 5, 30, 120, 600)  # seconds to wait before an event that no queue took goes again

# What runs for every message is built once: building it anew costs as much as running it.
_ADD = sa.insert(outbox)
_WAITING = (
    sa.select(outbox.c.id, outbox.c.type, outbox.c.envelope, outbox.c.event_id, outbox.c.attempts)
    .where(outbox.c.published_at.is_(None))
    .where(
        sa.or_(outbox.c.next_attempt_at.is_(None), outbox.c.next_attempt_at <= sa.bindparam("now"))
    )
    .order_by(outbox.c.id)
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)
_WAITING_BESIDE = _WAITING.where(outbox.c.id.not_in(sa.bindparam("flying", expanding=True)))
_NEWEST_ID = sa.select(sa.func.max(outbox.c.id))
_PUBLISHED = (
    sa.update(outbox)
    .where(outbox.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(published_at=sa.bindparam("now"))
)
OLD = delete_oldest(
    outbox.c.published_at,
    outbox.c.published_at < sa.bindparam("before"),
    outbox.c.id <= sa.bindparam("last"),
)
_PAGE = (
    sa.select(
        outbox.c.id,
        outbox.c.event_id,
        outbox.c.type,
        outbox.c.created_at,
        outbox.c.published_at,
        outbox.c.republished,
    )
    .where(outbox.c.id > sa.bindparam("after"))
    .order_by(outbox.c.id)
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)


def row(event: Any, call: Call, time: datetime) -> dict[str, Any]:
    """Return the outbox row of one event; its envelope is encoded here, once."""
    event_id = uuid7()
    envelope = {
        "id": event_id,
        "type": event.TYPE,
        "source": call.service,
        "time": time,
        "subject": str(getattr(event, event.SUBJECT)),
        "firm_id": getattr(event, "firm_id", None),
        "actor": call.actor.describe() if call.actor else None,
        "call_id": call.call_id,
        "data": event,
    }
    return {
        "event_id": event_id,
        "type": event.TYPE,
        "subject": envelope["subject"],
        "envelope": orjson.dumps(envelope),
        "created_at": time,
    }


def insert(session: Session, rows: list[dict[str, Any]]) -> None:
    """Store the rows in this order; their ids follow it."""
    session.execute(_ADD, rows)


def unpublished(
    connection: sa.Connection, now: datetime, flying: Collection[int], limit: int
) -> Sequence[Any]:
    """Return the oldest rows to publish: ``id, type, envelope, event_id, attempts``."""
    values = {"now": now, "up_to": limit}
    if flying:
        return connection.execute(_WAITING_BESIDE, {**values, "flying": list(flying)}).all()
    return connection.execute(_WAITING, values).all()


def newest_id(connection: sa.Connection) -> int:
    """Return the highest id so far, or 0."""
    return connection.scalar(_NEWEST_ID) or 0


def mark_published(session: Session, ids: Collection[int], now: datetime) -> None:
    """Record that the bus has these for good."""
    values = {"ids": list(ids), "now": now}
    session.execute(_PUBLISHED, values, execution_options={"synchronize_session": False})


def hold(session: Session, ids: Collection[int], now: datetime) -> None:
    """Keep these, which no queue took, for a growing while, so that they block no others."""
    for row_id, attempts in session.execute(
        sa.select(outbox.c.id, outbox.c.attempts).where(outbox.c.id.in_(ids))
    ).all():
        pause = timedelta(seconds=HOLD[min(attempts, len(HOLD) - 1)])
        session.execute(
            sa.update(outbox)
            .where(outbox.c.id == row_id)
            .values(attempts=attempts + 1, next_attempt_at=now + pause)
        )


def newest_made_at(session: Session) -> datetime | None:
    """Return when the newest event was said, by the machine's clock; None where there is none."""
    newest = sa.select(outbox.c.event_id).order_by(outbox.c.id.desc()).limit(1)
    event_id = session.scalar(newest)
    return made_at(event_id) if event_id else None


def page(session: Session, after: int, limit: int) -> Sequence[Any]:
    """Return the rows behind that id, in order, without their envelopes."""
    return session.execute(_PAGE, {"after": after, "up_to": limit}).all()


def bodies(session: Session, event_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Return what was published, by event id."""
    asked = sa.select(outbox.c.event_id, outbox.c.envelope)
    rows = session.execute(asked.where(outbox.c.event_id.in_(event_ids))).all()
    return {row.event_id: bytes(row.envelope) for row in rows}


def last_before(session: Session, moment: datetime) -> int:
    """Return the id after which the rows since that moment begin.

    It goes by their event ids, which tell time.
    """
    since = sa.select(outbox.c.id).where(outbox.c.event_id >= lowest_at(moment))
    first: int | None = session.scalar(since.order_by(outbox.c.event_id).limit(1))
    return newest_id(session.connection()) if first is None else first - 1


def publish_again(session: Session, ids: Collection[int]) -> None:
    """Let the relay publish these once more."""
    again = sa.update(outbox).where(outbox.c.id.in_(ids), outbox.c.published_at.is_not(None))
    session.execute(
        again.values(published_at=None, republished=outbox.c.republished + 1),
        execution_options={"synchronize_session": False},
    )


def status(session: Session) -> dict[str, Any]:
    """Return ``{"waiting", "held", "oldest"}``: how far the relay is behind; instants in UTC."""
    columns = (
        sa.func.count(),
        sa.func.count().filter(outbox.c.attempts > 0),
        sa.func.min(outbox.c.created_at),
    )
    behind = sa.select(*columns).where(outbox.c.published_at.is_(None))
    return dict(zip(("waiting", "held", "oldest"), session.execute(behind).one(), strict=True))


def sweep(session: Session, before: datetime, up_to: int | None = None) -> int:
    """Delete some of the events published before that instant, with ids ``up_to``; how many."""
    last = HIGHEST if up_to is None else up_to
    return session.execute(OLD, {"before": before, "last": last}).rowcount  # type: ignore[attr-defined,no-any-return]
