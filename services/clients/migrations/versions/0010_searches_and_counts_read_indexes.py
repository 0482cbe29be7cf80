"""Searches, and counts of a firm's clients by member, read an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index members' clients, and on PostgreSQL search texts; SQLite reads the home page's index.

    Both extensions come with PostgreSQL and are trusted: who may create in the database may
    make them.
    """
    op.create_index("ix_clients_members", "clients", ["firm_id", "assigned_member_id"])
    if op.get_bind().dialect.name != "postgresql":
        return
    for extension in ("pg_trgm", "btree_gin"):
        op.execute(sa.text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
    op.create_index(
        "ix_clients_search",
        "clients",
        ["firm_id", "search_text"],
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
        postgresql_with={"gin_pending_list_limit": 256},
    )
