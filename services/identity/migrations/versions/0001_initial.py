"""Accounts, credentials, links, login sessions and counted attempts."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_chassis_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the service."""
    create_chassis_tables_v1()
    _accounts()
    _links()
    _logins()
    op.create_table(
        "throttles",
        sa.Column("subject", sa.String(80), nullable=False, comment="addresses as SHA-256 only"),
        _instant("counted_since"),
        sa.Column("attempts", sa.Integer, nullable=False),
        _instant("open_at", nullable=True),
        sa.PrimaryKeyConstraint("subject", name="pk_throttles"),
    )
    op.create_index("ix_throttles_counted_since", "throttles", ["counted_since"])


def _instant(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{table}_account_id")


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False, comment="as its owner wrote it"),
        sa.Column("email_key", sa.String(320), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(40)),
        _instant("registered_at"),
        _instant("email_verified_at", nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("email_key", name="uq_accounts_email_key"),
    )
    op.create_table(
        "credentials",
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column(
            "password_hash", sa.String(200), nullable=False, comment="argon2id, with its cost"
        ),
        _instant("changed_at"),
        sa.PrimaryKeyConstraint("account_id", name="pk_credentials"),
        _of_account("credentials"),
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the mailed token"),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        _instant("issued_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        _instant("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_links"),
        _of_account("links"),
    )
    op.create_index("ix_links_account_id", "links", ["account_id"])
    op.create_index("ix_links_expires_at", "links", ["expires_at"])
    op.create_table(
        "reset_requests",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email_key", sa.String(320), comment="NULL once it is known whose it is"),
        sa.Column("account_id", sa.Uuid),
        _instant("requested_at"),
        _instant("expires_at"),
        _instant("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reset_requests"),
        _of_account("reset_requests"),
    )
    op.create_index("ix_reset_requests_account_id", "reset_requests", ["account_id"])
    op.create_index("ix_reset_requests_expires_at", "reset_requests", ["expires_at"])
    unanswered = sa.text("email_key IS NOT NULL")
    op.create_index(
        "ix_reset_requests_unanswered",
        "reset_requests",
        ["requested_at"],
        postgresql_where=unanswered,
        sqlite_where=unanswered,
    )


def _logins() -> None:
    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        _instant("started_at"),
        _instant("last_used_at"),
        _instant("expires_at"),
        _instant("ended_at", nullable=True),
        sa.Column("end_reason", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name="pk_login_sessions"),
        _of_account("login_sessions"),
    )
    op.create_index("ix_login_sessions_account_id", "login_sessions", ["account_id"])
    op.create_index("ix_login_sessions_expires_at", "login_sessions", ["expires_at"])
    op.create_table(
        "refresh_tokens",
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the token"),
        sa.Column("session_id", sa.Uuid, nullable=False),
        _instant("issued_at"),
        _instant("expires_at"),
        sa.Column("taken_by", sa.String(64), comment="SHA-256 of the call's idempotency key"),
        _instant("spent_at", nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_refresh_tokens"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["login_sessions.id"],
            name="fk_refresh_tokens_session_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_refresh_tokens_session_id", "refresh_tokens", ["session_id"])
    op.create_index("ix_refresh_tokens_expires_at", "refresh_tokens", ["expires_at"])
