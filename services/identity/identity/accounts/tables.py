"""Tables of accounts and their passwords."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.schemas import EMAIL_MAX, NAME_MAX
from chassis.tables import Instant, enum
from identity.accounts.account import PHONE_MAX, Account, Credential
from identity.accounts.events import Kind
from identity.tables import metadata

KEY_MAX = 320  # of an address, as chassis.addresses makes it; it is shorter today


def account_id(nullable: bool = False) -> "sa.Column[Any]":
    """Make the column by which a row belongs to an account."""
    return sa.Column("account_id", sa.ForeignKey("accounts.id"), nullable=nullable, index=True)


accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("email", sa.String(EMAIL_MAX), nullable=False, comment="as its owner wrote it"),
    sa.Column("email_key", sa.String(KEY_MAX), unique=True, comment="NULL once it is closed"),
    sa.Column("name", sa.String(NAME_MAX), nullable=False),
    sa.Column("phone", sa.String(PHONE_MAX)),
    sa.Column("registered_at", Instant, nullable=False),
    sa.Column("email_verified_at", Instant),
    sa.Column("lapses_at", Instant, comment="NULL: proven or closed"),
    sa.Column("closed_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index(
        "ix_accounts_lapses_at",
        "lapses_at",
        postgresql_where=sa.text("lapses_at IS NOT NULL"),
        sqlite_where=sa.text("lapses_at IS NOT NULL"),
    ),
)
credentials = sa.Table(
    "credentials",
    metadata,
    sa.Column("account_id", sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("password_hash", sa.String(200), nullable=False, comment="argon2id, with its cost"),
    sa.Column("changed_at", Instant, nullable=False),
)
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Account, accounts)
_mapper.map_imperatively(Credential, credentials)
