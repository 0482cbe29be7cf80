"""When ends are announced next, and how far an invitation's mail got."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; the ends of what is there already are not announced."""
    _licenses()
    _invitations()


def _licenses() -> None:
    op.add_column(
        "licenses", sa.Column("warn_on", sa.Date, comment="when its end is announced next")
    )
    _index("ix_licenses_warn_on", "licenses", "warn_on", "warn_on IS NOT NULL")


def _invitations() -> None:
    # The defaults are for rows that are there; to take them off again would copy the table.
    mailed = sa.Column(
        "mailed_version", sa.Integer, nullable=False, server_default="1",
        comment="of the newest mail",
    )  # fmt: skip
    delivery = sa.Column(
        "delivery", sa.String(40), nullable=False, server_default="sending",
        comment="of that mail",
    )  # fmt: skip
    for column in (
        mailed,
        delivery,
        sa.Column("delivery_reason", sa.String(100)),
        sa.Column("delivery_at", Instant),
        sa.Column("remind_at", Instant, comment="when its end is announced next"),
    ):
        op.add_column("invitations", column)
    _index("ix_invitations_remind_at", "invitations", "remind_at", "status = 'pending'")


def _index(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column, "firm_id"], postgresql_where=where, sqlite_where=where)
