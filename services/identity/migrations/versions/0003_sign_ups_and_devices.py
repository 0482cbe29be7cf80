"""Sign-ups beside an unproven account, accounts that end, and devices that are known."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Accounts that were there before any of them lapsed; nobody who uses one loses it unawares.
GRACE = timedelta(days=30)


def upgrade() -> None:
    """Add tables and columns; unproven accounts have 30 days from now."""
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column(
            "email_key",
            existing_type=sa.String(320),
            nullable=True,
            comment="NULL once it is closed",
        )
        accounts.add_column(_instant("lapses_at", comment="NULL: proven or closed"))
        accounts.add_column(_instant("closed_at"))
    where = sa.text("lapses_at IS NOT NULL")
    op.create_index(
        "ix_accounts_lapses_at",
        "accounts",
        ["lapses_at"],
        postgresql_where=where,
        sqlite_where=where,
    )
    _let_lapse()
    _sign_ups()
    _devices()


def _instant(name: str, nullable: bool = True, comment: str | None = None) -> sa.Column:
    return sa.Column(name, Instant, nullable=nullable, comment=comment)


def _let_lapse() -> None:
    accounts = sa.table("accounts", _instant("email_verified_at"), _instant("lapses_at"))
    unproven = sa.update(accounts).where(accounts.c.email_verified_at.is_(None))
    op.execute(unproven.values(lapses_at=datetime.now(UTC) + GRACE))


def _sign_ups() -> None:
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False, comment="as it was written there"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(40)),
        sa.Column(
            "password_hash", sa.String(200), nullable=False, comment="argon2id, with its cost"
        ),
        _instant("signed_up_at", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ups"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sign_ups_account_id"),
    )
    op.create_index("ix_sign_ups_account_id", "sign_ups", ["account_id"])
    of = sa.Column("sign_up_id", sa.Uuid, comment="NULL: of the account itself")
    op.add_column("links", of)


def _devices() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the token"),
        _instant("added_at", nullable=False),
        _instant("expires_at", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        sa.UniqueConstraint("digest", name="uq_devices_digest"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_devices_account_id"),
    )
    op.create_index("ix_devices_account_id", "devices", ["account_id"])
    op.create_index("ix_devices_expires_at", "devices", ["expires_at"])
    of = sa.Column("device_id", sa.Uuid, comment="also of a device that is known no more")
    op.add_column("login_sessions", of)
