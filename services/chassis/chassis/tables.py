"""The tables that every service has beside its own, and column types for both databases."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant in UTC. SQLite keeps no zone, so it is taken off and put on again."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an instant without a zone: it would mean another time on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum(kind: type[StrEnum], length: int = 40) -> sa.Enum:
    """Return a StrEnum stored as its value, without a type of the database's own."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


def new_metadata() -> sa.MetaData:
    """Return a service's own MetaData, with the tables of the chassis already in it."""
    metadata = sa.MetaData(naming_convention=NAMING)
    _outbox(metadata)
    _consumers(metadata)
    _inbox(metadata)
    _commands(metadata)
    return metadata


def row_id(name: str = "id") -> sa.Column[Any]:
    """Return a counter that follows the order of insertion; SQLite counts only a plain INTEGER."""
    integer = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, integer, primary_key=True, autoincrement=True)


def _outbox(metadata: sa.MetaData) -> None:
    """Events said by this service: written with the change, published after the commit."""
    sa.Table(
        "outbox",
        metadata,
        row_id(),
        sa.Column("event_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False, comment="the body as published"),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("published_at", Instant, comment="NULL until the bus has confirmed it"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt_at", Instant, comment="set while no queue takes it"),
        sa.Column(
            "republished",
            sa.Integer,
            nullable=False,
            server_default="0",
            comment="how often a consumer turned out to miss it",
        ),
        sa.Index(
            "ix_outbox_unpublished",
            "id",
            postgresql_where=sa.text("published_at IS NULL"),
            sqlite_where=sa.text("published_at IS NULL"),
        ),
        sa.Index(
            "ix_outbox_published",
            "published_at",
            postgresql_where=sa.text("published_at IS NOT NULL"),
            sqlite_where=sa.text("published_at IS NOT NULL"),
        ),
        sqlite_autoincrement=True,
    )


def _consumers(metadata: sa.MetaData) -> None:
    """Who hears this service's events, and up to which of them that is known."""
    sa.Table(
        "consumers",
        metadata,
        sa.Column("service", sa.String(100), primary_key=True),
        sa.Column("handler", sa.String(100), primary_key=True),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False, comment="outbox id it listens after"),
        sa.Column("received_to", sa.BigInteger, nullable=False, comment="outbox id, inclusive"),
        sa.Column("compare_at", Instant, comment="when its inbox is asked next"),
        sa.Column(
            "republished",
            sa.BigInteger,
            nullable=False,
            server_default="0",
            comment="how many events it turned out to miss",
        ),
    )


def _inbox(metadata: sa.MetaData) -> None:
    """Events heard by this service, once per handler: done, to be retried, or dead."""
    sa.Table(
        "inbox",
        metadata,
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("handler", sa.String(100), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False, comment="done, retry or dead"),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", Instant),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("error_code", sa.String(100)),
        sa.Column("error", sa.Text),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("body", sa.LargeBinary, comment="kept while not done"),
        sa.Index(
            "ix_inbox_waiting",
            "next_attempt_at",
            postgresql_where=sa.text("state = 'retry'"),
            sqlite_where=sa.text("state = 'retry'"),
        ),
        sa.Index(
            "ix_inbox_dead",
            "received_at",
            postgresql_where=sa.text("state = 'dead'"),
            sqlite_where=sa.text("state = 'dead'"),
        ),
        sa.Index(
            "ix_inbox_done",
            "received_at",
            postgresql_where=sa.text("state = 'done'"),
            sqlite_where=sa.text("state = 'done'"),
        ),
    )


def _commands(metadata: sa.MetaData) -> None:
    """Answers already given, by caller, command and idempotency key."""
    sa.Table(
        "commands",
        metadata,
        sa.Column("scope", sa.String(100), primary_key=True, comment="who asked"),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False, comment="SHA-256 of the request"),
        sa.Column("answer", sa.LargeBinary, comment="the reply, JSON"),
        sa.Column("answered_at", Instant, nullable=False, index=True),
    )
