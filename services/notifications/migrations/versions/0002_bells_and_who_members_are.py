"""Bells with their changes and openings, and how to reach a member."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the bell's tables; names and addresses of members are learnt later (0025)."""
    op.add_column(
        "members",
        sa.Column("name", sa.String(200), comment="NULL: known from before names were kept"),
    )
    op.add_column(
        "members", sa.Column("email", sa.String(254), comment="NULL: groups is to be asked")
    )
    op.create_index("ix_members_firm_id", "members", ["firm_id"])
    unknown = sa.text("email IS NULL")
    op.create_index(
        "ix_members_email_unknown",
        "members",
        ["member_id"],
        postgresql_where=unknown,
        sqlite_where=unknown,
    )
    _bells()
    _changes()


def _bells() -> None:
    op.create_table(
        "bells",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("client_name", sa.String(200), nullable=False),
        sa.Column("assigned_member_id", sa.Uuid),
        sa.Column("connected", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("seen_through", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("client_id", name="pk_bells"),
    )
    op.create_index("ix_bells_assigned_member_id", "bells", ["assigned_member_id"])
    op.create_table(
        "openings",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("through", sa.Integer, nullable=False, comment="the last number that was seen"),
        sa.PrimaryKeyConstraint("member_id", "client_id", name="pk_openings"),
    )


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, comment="counted per client, from 1"),
        sa.Column("entry_id", sa.Uuid, nullable=False),
        sa.Column("entry_version", sa.Integer, nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("changed_by_name", sa.String(200), nullable=False),
        sa.Column("fields", sa.JSON, nullable=False, comment="[{field, old, new}]"),
        sa.Column("changed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint("client_id", "number", name="uq_changes_client_id_number"),
        sa.UniqueConstraint(
            "client_id",
            "entry_id",
            "entry_version",
            name="uq_changes_client_id_entry_id_entry_version",
        ),
    )
    op.create_index("ix_changes_changed_at", "changes", ["changed_at"])
