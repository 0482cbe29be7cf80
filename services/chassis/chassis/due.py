"""Gives each thing that is due its turn, so that one that fails holds up no other."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from chassis.database import BoundDatabase
from chassis.transactions import Transaction

log = logging.getLogger(__name__)

AT_ONCE = 100  # ids read with one query

Due = Callable[[datetime], sa.Select[tuple[UUID]]]
Work = Callable[[Transaction, UUID], None]


def for_each_due(db: BoundDatabase, due: Due, work: Work, at_once: int = AT_ONCE) -> int:
    """Make one pass over the ids that ``due`` selects for now, each once.

    Returns how many went well. Each is worked on in a transaction of its own, in the order of the
    ids. What raises is rolled back, logged, and due again at the next pass; this one goes on behind
    it, and ends early only where the query raises, as it does when the database is away.
    """
    went_well = 0
    last: UUID | None = None
    while ids := _behind(db, due, last, at_once):
        went_well += sum(_turn(db, work, each) for each in ids)
        last = ids[-1]
    return went_well


def _behind(db: BoundDatabase, due: Due, last: UUID | None, limit: int) -> list[UUID]:
    with db.transaction(read_only=True) as tx:
        chosen = due(tx.now)
        (key,) = chosen.selected_columns
        if last is not None:
            chosen = chosen.where(key > last)
        return list(tx.session.scalars(chosen.distinct().order_by(key).limit(limit)))


def _turn(db: BoundDatabase, work: Work, each: UUID) -> bool:
    try:
        with db.transaction() as tx:
            work(tx, each)
    except Exception:  # whatever it is, the others have their turn
        log.exception("%s: %s failed and waits for the next pass", db.call.entrypoint, each)
        return False
    return True
