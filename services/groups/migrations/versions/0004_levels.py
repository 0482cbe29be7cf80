"""The level of all bought licenses, and what a line of the biography leaves a license with."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; and have the ends of what was there before 0003 announced like all others."""
    _license_pools()
    _license_entries()
    _announce_what_is_there()


def _license_pools() -> None:
    level = sa.Column(
        "level", sa.String(40), comment="of all bought ones; NULL: each has its order's"
    )
    # The default is for rows that are there; to take it off again would copy the table.
    version = sa.Column(
        "level_version", sa.Integer, nullable=False, server_default="0", comment="billing's"
    )
    for column in (level, sa.Column("level_since", Instant), version):
        op.add_column("license_pools", column)


def _license_entries() -> None:
    level = sa.Column("level", sa.String(40), comment="after the change, as is paid_through")
    op.add_column("license_entries", level)
    op.add_column("license_entries", sa.Column("paid_through", sa.Date))


def _announce_what_is_there() -> None:
    """Let the next sweep look at them: it says what is near, and finds the day for the others."""
    op.execute(
        "UPDATE licenses SET warn_on = purchased_on "
        "WHERE paid_through IS NOT NULL AND state <> 'lapsed' AND warn_on IS NULL"
    )
    op.execute(
        "UPDATE invitations SET remind_at = created_at "
        "WHERE status = 'pending' AND remind_at IS NULL"
    )
