"""The tables every service has, as its first migration makes them. Frozen: never edit.

``chassis.tables`` may move on; what it adds comes as ``..._v2`` in a migration of each service.
"""

import sqlalchemy as sa
from alembic import op


def create_chassis_tables_v1() -> None:
    """Make outbox, inbox and commands."""
    _outbox()
    _inbox()
    _commands()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False, comment="the body as published"),
        sa.Column("created_at", _instant(), nullable=False),
        sa.Column("published_at", _instant(), comment="NULL until the bus has confirmed it"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_attempt_at", _instant(), comment="set while no queue takes it"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("event_id", name="uq_outbox_event_id"),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_outbox_unpublished", "outbox", "id", "published_at IS NULL")


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("handler", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, comment="done, retry or dead"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", _instant()),
        sa.Column("received_at", _instant(), nullable=False),
        sa.Column("error_code", sa.String(100)),
        sa.Column("error", sa.Text()),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("body", sa.LargeBinary(), comment="kept while not done"),
        sa.PrimaryKeyConstraint("event_id", "handler", name="pk_inbox"),
    )
    _partial_index("ix_inbox_waiting", "inbox", "next_attempt_at", "state = 'retry'")
    _partial_index("ix_inbox_dead", "inbox", "received_at", "state = 'dead'")


def _commands() -> None:
    op.create_table(
        "commands",
        sa.Column("scope", sa.String(100), nullable=False, comment="who asked"),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False, comment="SHA-256 of the request"),
        sa.Column("answer", sa.LargeBinary(), comment="the reply, JSON"),
        sa.Column("answered_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "name", "key", name="pk_commands"),
    )
    op.create_index("ix_commands_answered_at", "commands", ["answered_at"])


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _partial_index(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column], postgresql_where=where, sqlite_where=where)
