"""Events on their way in: each takes effect once per handler, is tried again, or is set aside.

A row is *done* when its effect is committed (they are written together), *retry* while more
attempts are due, and *dead* when a person must look.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.batches import delete_oldest
from chassis.commands import insert_or_skip
from chassis.received import ReceivedEvent
from chassis.recordable import storable
from chassis.tables import new_metadata

inbox = new_metadata().tables["inbox"]
KEEP_HANDLED = timedelta(days=30)
ERROR_MAX = 4_000
CODE_MAX = 100
ENDED_ITS_PROCESS = "the process ended during it"

# Asked for after every event, so built once.
_DUE = (
    sa.select(inbox)
    .where(inbox.c.state == "retry", inbox.c.next_attempt_at <= sa.bindparam("now"))
    .order_by(inbox.c.next_attempt_at)
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)
# Written out, not bound: only then is it seen that the partial index has the answer.
OLD = delete_oldest(
    inbox.c.received_at, sa.text("state = 'done'"), inbox.c.received_at < sa.bindparam("before")
)
_NEXT_DUE = sa.select(sa.func.min(inbox.c.next_attempt_at)).where(inbox.c.state == "retry")


def claim(session: Session, delivery: ReceivedEvent, now: datetime) -> bool:
    """Mark the event done for its handler; False if it was handled or set aside before.

    On PostgreSQL a second delivery at the same time waits here until the first has ended.
    """
    if _insert(session, delivery, now, state="done", attempts=1):
        return True
    done = (
        sa.update(inbox)
        .where(*_key(delivery), inbox.c.state == "retry")
        .values(state="done", body=None, next_attempt_at=None)
    )
    return bool(session.execute(done).rowcount)  # type: ignore[attr-defined]


def begin_attempt(
    session: Session, delivery: ReceivedEvent, now: datetime, lease: timedelta, limit: int
) -> bool:
    """Count an attempt before making it, for one that may end the process; False: set aside.

    The row stays in retry until the attempt's own transaction marks it done, so what dies
    with the process is tried again after ``lease``, and after ``limit`` attempts no more.
    """
    if _insert(
        session,
        delivery,
        now,
        state="retry",
        attempts=1,
        next_attempt_at=now + lease,
        body=delivery.body,
    ):
        return True
    found = session.execute(
        sa.select(inbox.c.state, inbox.c.attempts).where(*_key(delivery)).with_for_update()
    ).one()
    if found.state != "retry":
        return False
    if found.attempts >= limit:
        _set_aside(session, delivery, "attempts_exhausted", ENDED_ITS_PROCESS)
        return False
    again = sa.update(inbox).where(*_key(delivery))
    session.execute(again.values(attempts=found.attempts + 1, next_attempt_at=now + lease))
    return True


def record_failure(
    session: Session,
    delivery: ReceivedEvent,
    now: datetime,
    error: tuple[str, str],
    delays: Sequence[float],
) -> bool:
    """Plan the next attempt, or set the event aside when ``delays`` are used up: then True."""
    _insert(session, delivery, now, state="retry", attempts=0, body=delivery.body)
    found = session.execute(
        sa.select(inbox.c.state, inbox.c.attempts).where(*_key(delivery)).with_for_update()
    ).one()
    if found.state != "retry":
        return False  # another delivery of it succeeded meanwhile
    failed = max(found.attempts, 1) if delivery.counted else found.attempts + 1
    if failed > len(delays):
        _set_aside(session, delivery, *error, attempts=failed)
        return True
    values = {
        "attempts": failed,
        "next_attempt_at": now + timedelta(seconds=delays[failed - 1]),
        "error_code": storable(error[0], CODE_MAX),
        "error": storable(error[1], ERROR_MAX),
    }
    session.execute(sa.update(inbox).where(*_key(delivery)).values(**values))
    return False


def park(session: Session, delivery: ReceivedEvent, now: datetime, code: str, reason: str) -> None:
    """Set an event aside that no attempt could ever handle."""
    _insert(session, delivery, now, state="retry", attempts=1, body=delivery.body)
    _set_aside(session, delivery, code, reason)


def due(session: Session, now: datetime, limit: int = 50) -> Sequence[sa.Row[Any]]:
    """Return the events whose next attempt is due, longest waiting first."""
    return session.execute(_DUE, {"now": now, "up_to": limit}).all()


def next_due(session: Session) -> datetime | None:
    """Return when the earliest retry is due."""
    found: datetime | None = session.scalar(_NEXT_DUE)
    return found


def take_due(session: Session, row: sa.Row[Any], until: datetime, limit: int) -> bool:
    """Count and lease one due attempt; False if another process has taken it.

    More than ``limit`` attempts only stand here if the last of them ended its process: a failure
    that was seen would have been set aside. Then it is set aside now, and False.
    """
    if row.attempts > limit:
        _end_of_attempts(session, row)
        return False
    return _lease(session, row, until, row.attempts + 1)


def lease_due(session: Session, row: sa.Row[Any], until: datetime) -> bool:
    """Lease a due event that ended its process; ``begin_attempt`` counts it. False if taken."""
    return _lease(session, row, until, row.attempts)


def _lease(session: Session, row: sa.Row[Any], until: datetime, attempts: int) -> bool:
    taken = (
        sa.update(inbox)
        .where(
            *event_key(row.event_id, row.handler),
            inbox.c.state == "retry",
            inbox.c.next_attempt_at == row.next_attempt_at,
        )
        .values(attempts=attempts, next_attempt_at=until)
    )
    return bool(session.execute(taken).rowcount)  # type: ignore[attr-defined]


def _end_of_attempts(session: Session, row: sa.Row[Any]) -> None:
    """Set aside what ended its process in its last attempt, unless somebody else took it."""
    dead = {"state": "dead", "next_attempt_at": None, "error_code": "attempts_exhausted"}
    still_there = inbox.c.state == "retry", inbox.c.next_attempt_at == row.next_attempt_at
    last = sa.update(inbox).where(*event_key(row.event_id, row.handler), *still_there)
    session.execute(last.values(error=ENDED_ITS_PROCESS, **dead))


def sweep(session: Session, before: datetime) -> int:
    """Forget some of the events handled before that instant; how many."""
    return session.execute(OLD, {"before": before}).rowcount  # type: ignore[attr-defined,no-any-return]


def _insert(session: Session, delivery: ReceivedEvent, now: datetime, **values: Any) -> bool:
    row = {
        "event_id": delivery.event_id,
        "handler": delivery.handler,
        "received_at": now,
        "source": delivery.source,
        "type": delivery.type,
        **values,
    }
    return bool(insert_or_skip(session, inbox, row))


def _set_aside(
    session: Session, delivery: ReceivedEvent, code: str, reason: str, **values: Any
) -> None:
    told = {"error_code": storable(code, CODE_MAX), "error": storable(reason, ERROR_MAX)}
    dead = {"state": "dead", "next_attempt_at": None, **told, **values}
    session.execute(sa.update(inbox).where(*_key(delivery)).values(**dead))


def _key(delivery: ReceivedEvent) -> tuple[sa.ColumnElement[bool], ...]:
    return inbox.c.event_id == delivery.event_id, inbox.c.handler == delivery.handler


def event_key(event_id: UUID, handler: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition that finds one row."""
    return inbox.c.event_id == event_id, inbox.c.handler == handler
