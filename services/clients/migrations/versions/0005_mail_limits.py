"""Mails to people who have not asked for one are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the counts."""
    op.create_table(
        "mail_counts",
        sa.Column("subject", sa.String(80), nullable=False, comment="addresses as SHA-256 only"),
        sa.Column("day", sa.Date, nullable=False, comment="in UTC"),
        sa.Column("mails", sa.Integer, nullable=False),
        sa.Column("most", sa.Integer, nullable=False, comment="the limit when last counted"),
        sa.PrimaryKeyConstraint("subject", "day", name="pk_mail_counts"),
    )
    op.create_index("ix_mail_counts_day", "mail_counts", ["day"])
