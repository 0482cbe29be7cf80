"""Which mails are overtaken: their subject and rank, and the news that end them."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mails that are there have rank 0: all that overtakes anything about them ends them."""
    subject = sa.Column("subject_id", sa.Uuid, comment="beside about_id, what news may end it")
    op.add_column("mails", subject)
    # The default is for rows that are there, and those that the version before writes meanwhile.
    rank = sa.Column(
        "rank",
        sa.BigInteger,
        nullable=False,
        server_default="0",
        comment="news end mails up to one",
    )
    op.add_column("mails", rank)
    op.create_index("ix_mails_subject_id", "mails", ["subject_id"])
    op.create_table(
        "overtakings",
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("through", sa.BigInteger, nullable=False, comment="the highest rank it ends"),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "kind", name="pk_overtakings"),
        comment="which mails are true no more",
    )
