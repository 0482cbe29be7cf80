"""The one MetaData of groups, and kinds of indexes; each room's tables stand in the room."""

import sqlalchemy as sa

from chassis.tables import new_metadata

metadata = new_metadata()  # this service's own; outbox, inbox and commands included


def unique_where(name: str, columns: str, condition: str) -> sa.Index:
    """Return a unique index over the rows that meet ``condition``."""
    where = sa.text(condition)
    return sa.Index(name, *columns.split(), unique=True, postgresql_where=where, sqlite_where=where)


def index_where(name: str, columns: str, condition: str) -> sa.Index:
    """Return an index over the rows that meet ``condition``."""
    where = sa.text(condition)
    return sa.Index(name, *columns.split(), postgresql_where=where, sqlite_where=where)
