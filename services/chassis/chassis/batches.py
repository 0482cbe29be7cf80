"""Deleting much in little steps, so that no transaction is about a million rows."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.store import Store

AT_ONCE = 1_000  # rows of a transaction

Step = Callable[[Session], int]


def delete_oldest(by: sa.Column[Any], *old: sa.ColumnElement[bool] | sa.TextClause) -> sa.Delete:
    """Build a DELETE of `AT_ONCE` of these rows by their keys; ``by`` has an index of them.

    What another process deletes this moment is left to it.
    """
    key = by.table.primary_key.columns
    oldest = sa.select(*key).where(*old).order_by(by).limit(AT_ONCE)
    found = oldest.with_for_update(skip_locked=True)
    return sa.delete(by.table).where(sa.tuple_(*key).in_(found))


def step_by_step(store: Store, step: Step) -> int:
    """Repeat ``step``, each time in a transaction of its own, until it finds less than it may.

    Returns how many rows it was about in all; raises what the database does.
    """
    done = 0
    while True:
        with store.begin() as session:
            found = step(session)
        done += found
        if found < AT_ONCE:
            return done
