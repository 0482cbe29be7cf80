"""Rows that cannot be read, as a release that was taken back may leave them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from chassis.testing.world import World

FROM_ANOTHER_RELEASE = sa.literal("from_another_release", sa.String)


@contextmanager
def unreadable(world: World, service: str, column: Any, where: Any) -> Iterator[None]:
    """Have the rows hold in that column, one of words, a word that this release lacks."""
    rows = sa.update(column.table).where(where)
    with world.transaction(service) as tx:
        word = tx.session.scalars(sa.select(sa.type_coerce(column, sa.String)).where(where)).one()
        tx.session.execute(rows.values({column: FROM_ANOTHER_RELEASE}))
    try:
        yield
    finally:
        with world.transaction(service) as tx:
            tx.session.execute(rows.values({column: sa.literal(word, sa.String)}))
