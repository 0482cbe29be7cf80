"""Indexes by which what is old is found, to be forgotten. Frozen: never edit."""

import sqlalchemy as sa
from alembic import op


def index_what_is_old_v3() -> None:
    """Index handled events by when they came, and published ones by when they went."""
    _partial_index("ix_inbox_done", "inbox", "received_at", "state = 'done'")
    _partial_index("ix_outbox_published", "outbox", "published_at", "published_at IS NOT NULL")


def _partial_index(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column], postgresql_where=where, sqlite_where=where)
