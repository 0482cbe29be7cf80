"""Events that were set aside: what a person does about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.errors import Conflict, NotFound
from chassis.inbox import event_key, inbox
from chassis.received import UNDECODABLE, ReceivedEvent, TooLarge, Undecodable

# What this version could not or would not read; it stands under an id made from its body.
UNREADABLE = frozenset({UNDECODABLE, TooLarge.code})
_DROPPED = {"state": "done", "body": None, "error_code": "dropped", "next_attempt_at": None}
SHORT = ("event_id", "handler", "source", "type", "received_at", "attempts", "error_code")


class DeadLetterNotFound(NotFound):
    """No such event is set aside."""

    code = "dead_letter_not_found"


class DeadLetterUnreadable(Conflict):
    """The body is no envelope that can be kept, so no attempt can succeed: drop it."""

    code = "dead_letter_unreadable"


def list_dead(session: Session, limit: int = 200) -> list[dict[str, Any]]:
    """Return the oldest events set aside, without their bodies."""
    columns = [inbox.c[name] for name in (*SHORT, "error")]
    waiting = sa.select(*columns).where(inbox.c.state == "dead")
    rows = session.execute(waiting.order_by(inbox.c.received_at, inbox.c.event_id).limit(limit))
    return [_plain(row) for row in rows.mappings()]


def find_dead(session: Session, event_id: UUID, handler: str | None = None) -> list[dict[str, Any]]:
    """Return the event as each of its handlers set it aside, with its body; empty if none did."""
    wanted = sa.select(inbox).where(*_dead(event_id, handler)).order_by(inbox.c.handler)
    return [_plain(row) for row in session.execute(wanted).mappings()]


def retry(session: Session, event_id: UUID, now: datetime, handler: str | None = None) -> int:
    """Let it be tried again from the first attempt on; how many handlers will.

    Raises DeadLetterNotFound, DeadLetterUnreadable.
    """
    rows = _found(session, event_id, handler)
    for row in rows:
        again = {"state": "retry", "attempts": 0, "next_attempt_at": now}
        if (own_id := _own_id(row)) != row["event_id"]:
            again |= _under(session, own_id, row["handler"])
        mine = event_key(row["event_id"], row["handler"])
        session.execute(sa.update(inbox).where(*mine).values(**again))
    return len(rows)


def drop(session: Session, event_id: UUID, handler: str | None = None) -> int:
    """Give it up: it counts as handled, so that a repeat is not handled either; how many.

    Raises DeadLetterNotFound.
    """
    rows = _found(session, event_id, handler)
    session.execute(sa.update(inbox).where(*_dead(event_id, handler)).values(**_DROPPED))
    return len(rows)


def readable_body(body: bytes | None) -> Any:
    """Return the envelope behind ``body``, or its beginning as text where it is none."""
    if body is None:
        return None
    try:
        return orjson.loads(body)
    except ValueError:
        return bytes(body[:2_000]).decode(errors="replace")


def _own_id(row: dict[str, Any]) -> UUID:
    """Return the id in the envelope. Raises DeadLetterUnreadable for what is still none."""
    try:
        return ReceivedEvent.decode(row["body"], row["handler"]).event_id
    except Undecodable:
        if row["error_code"] in UNREADABLE:
            raise DeadLetterUnreadable("the body cannot be read by any attempt; drop it") from None
        own_id: UUID = row["event_id"]
        return own_id


def _under(session: Session, own_id: UUID, handler: str) -> dict[str, Any]:
    """Return what makes a row the event's own, or dropped where the event has one already."""
    there = sa.select(inbox.c.state).where(*event_key(own_id, handler))
    return _DROPPED if session.execute(there).first() else {"event_id": own_id}


def _plain(row: sa.RowMapping) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _found(session: Session, event_id: UUID, handler: str | None) -> list[dict[str, Any]]:
    rows = find_dead(session, event_id, handler)
    if not rows:
        raise DeadLetterNotFound("no such event is set aside", event_id=str(event_id))
    return rows


def _dead(event_id: UUID, handler: str | None) -> list[sa.ColumnElement[bool]]:
    conditions = [inbox.c.event_id == event_id, inbox.c.state == "dead"]
    return conditions if handler is None else [*conditions, inbox.c.handler == handler]
