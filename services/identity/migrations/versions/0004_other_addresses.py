"""Wishes for another address, and the links that confirm them."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table and a column; links from before are for no other address."""
    op.create_table(
        "email_changes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String(254), nullable=False, comment="the new one, as written"),
        sa.Column("requested_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("closed_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_email_changes"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_email_changes_account_id"
        ),
    )
    op.create_index("ix_email_changes_account_id", "email_changes", ["account_id"])
    op.create_index("ix_email_changes_expires_at", "email_changes", ["expires_at"])
    of = sa.Column("email_change_id", sa.Uuid, comment="NULL: not for another address")
    op.add_column("links", of)
