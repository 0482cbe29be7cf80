"""Mails with their delivery states, and what is kept of members."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_chassis_tables_v1
from chassis.tables import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the service."""
    create_chassis_tables_v1()
    _mails()
    op.create_table(
        "members",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_members"),
    )
    op.create_index("ix_members_account_id", "members", ["account_id"])


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("generation", sa.String(40), nullable=False, comment="which sending of it"),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("recipient_name", sa.String(200), nullable=False),
        sa.Column("firm_id", sa.Uuid),
        sa.Column("facts", sa.JSON, nullable=False, comment="what the mail tells; never a token"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(100), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.Column("due_at", Instant, comment="next attempt, or end of the lease; NULL: settled"),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
        sa.UniqueConstraint(
            "kind",
            "about_id",
            "generation",
            "recipient",
            name="uq_mails_kind_about_id_generation_recipient",
        ),
    )
    op.create_index("ix_mails_firm_id_id", "mails", ["firm_id", "id"])
    op.create_index("ix_mails_about_id", "mails", ["about_id"])
    waiting = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_mails_due_at", "mails", ["due_at"], postgresql_where=waiting, sqlite_where=waiting
    )
