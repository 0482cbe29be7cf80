"""Firms pay for who joins them; subscriptions of those who did are paused."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the coverages, and since when a subscription is paused."""
    op.create_table(
        "coverages",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False, comment="who pays"),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("home_firm_id", sa.Uuid, comment="whose subscription is paused meanwhile"),
        sa.Column("covered_from", INSTANT),
        sa.Column("covered_until", INSTANT, comment="NULL while the membership lasts"),
        sa.PrimaryKeyConstraint("member_id", name="pk_coverages"),
        comment="For which members a firm pays, since they joined it",
    )
    op.create_index("ix_coverages_firm_id", "coverages", ["firm_id", "member_id"])
    op.create_index("ix_coverages_home_firm_id", "coverages", ["home_firm_id"])
    op.add_column(
        "subscriptions",
        sa.Column("paused_on", sa.Date, comment="its days are kept since then"),
    )
