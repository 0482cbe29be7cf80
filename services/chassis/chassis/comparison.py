"""Compares what a service has published with what the inbox of a consumer knows.

What was published some time ago and never came is lost, unless the consumer's queue still holds
it. Services own their databases, so the inbox is asked and not read.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis import clock, heard, outbox
from chassis.heard import Consumer
from chassis.inbox import KEEP_HANDLED
from chassis.received import id_of
from chassis.store import Store
from chassis.tokens import TokenSigner

PAGE = 500  # events asked about in one question
# What is older than this and unknown to an inbox may have been handled and forgotten, and what
# goes again may wait in a queue for some days before other consumers have to know it.
LOOK_BACK = KEEP_HANDLED - timedelta(days=10)
SECOND_LOOK_SECONDS = 3.0  # for what was being handled at the first
OVERTAKEN = timedelta(seconds=10)  # queues keep their order, confirms come a little out of it
ANSWER_SECONDS = 10.0

Ask = Callable[[Consumer, Collection[UUID], bool], tuple[set[UUID], int | None]]


@dataclass(frozen=True)
class Look:
    """What one page showed. Rows are those of ``outbox.page``.

    ``end`` is the outbox id up to which it looked, ``missing`` never came, and of that ``lost``
    is not on its way either.
    """

    end: int
    compared: int
    missing: Sequence[Any]
    lost: Sequence[Any]


class Comparison:
    """With one consumer, once; later pages rest on the look at the queue that the first took."""

    def __init__(
        self,
        store: Store,
        consumer: Consumer,
        ask: Ask,
        on_its_way: timedelta,
        pause: Callable[[float], object],
    ) -> None:
        self._store = store
        self._consumer = consumer
        self._ask = ask
        self._on_its_way = on_its_way
        self._pause = pause
        self._now = clock.now()
        self._waiting: int | None = None

    def look(self, after: int) -> Look:
        """Return the next page behind that outbox id.

        Raises the kinds of chassis.errors when the consumer does not answer.
        """
        with self._store.begin(read_only=True) as session:
            rows = outbox.page(session, after, PAGE)
        mine, end = ripe(rows, self._consumer.type, self._now, self._on_its_way)
        mine = [row for row in mine if row.created_at > self._now - LOOK_BACK]
        missing = self._missing(mine)
        return Look(end or after, len(mine), missing, lost(mine, missing, self._waiting))

    def republish(self, rows: Sequence[Any]) -> None:
        """Let the relay publish these again; other consumers know the repeat by their inboxes."""
        ids = [row.id for row in rows]
        with self._store.begin() as session:
            outbox.publish_again(session, ids)
            heard.note_missing(session, self._consumer, min(ids), len(ids))

    def _missing(self, mine: Sequence[Any]) -> list[Any]:
        """Looked for twice: what is being handled at the first look has come by the second."""
        gone = self._unknown({row.event_id for row in mine})
        if gone and self._waiting is None:
            _, self._waiting = self._ask(self._consumer, gone, True)
            self._pause(SECOND_LOOK_SECONDS)
            gone = self._unknown(gone)
        gone = self._unknown_by_body(gone)
        return [row for row in mine if row.event_id in gone]

    def _unknown_by_body(self, event_ids: Collection[UUID]) -> set[UUID]:
        """Return those that are unknown under their body's id, too.

        What a consumer could not read is set aside there under an id made from its body.
        """
        if not event_ids:
            return set()
        with self._store.begin(read_only=True) as session:
            bodies = outbox.bodies(session, event_ids)
        by_body = {id_of(body): event_id for event_id, body in bodies.items()}
        return {by_body[one] for one in self._unknown(by_body)}

    def _unknown(self, event_ids: Collection[UUID]) -> set[UUID]:
        return self._ask(self._consumer, event_ids, False)[0] if event_ids else set()


def ripe(
    rows: Sequence[Any], kind: str, now: datetime, on_its_way: timedelta
) -> tuple[list[Any], int | None]:
    """Return that kind's rows that must have come by ``now``, and the id up to which this is known.

    It ends before the first that may still be on its way, and before the first young row of any
    kind: transactions that began with it may commit lower ids. What is dated far ahead was
    written by a clock that has been set back.
    """
    mine: list[Any] = []
    end = None
    for row in rows:
        moments = [row.created_at]
        if row.type == kind:
            moments.append(row.published_at)
        if any(one is None or abs(now - one) < on_its_way for one in moments):
            break
        end = row.id
        if row.type == kind:
            mine.append(row)
    return mine, end


def lost(mine: Sequence[Any], missing: Sequence[Any], waiting: int | None) -> list[Any]:
    """Return those of ``missing`` that no queue holds.

    The queue is empty, or gave out what came in later.
    """
    if not waiting:
        return list(missing)
    gone = {row.id for row in missing}
    came = [row.published_at for row in mine if row.id not in gone]
    return [row for row in missing if came and row.published_at + OVERTAKEN < max(came)]


def asking(call: Callable[..., Any], signer: TokenSigner) -> Ask:
    """Return what asks consumers' inboxes, by ``call`` and as the service that signs."""

    def ask(
        consumer: Consumer, event_ids: Collection[UUID], count_waiting: bool
    ) -> tuple[set[UUID], int | None]:
        request = {
            "handler": consumer.handler,
            "event_ids": [str(one) for one in event_ids],
            "count_waiting": count_waiting,
        }
        reply = call(
            consumer.service,
            "list_missing_events",
            request,
            headers={"access_token": signer.service()},
            timeout=ANSWER_SECONDS,
        )
        return {UUID(one) for one in reply["event_ids"]}, reply["waiting"]

    return ask
