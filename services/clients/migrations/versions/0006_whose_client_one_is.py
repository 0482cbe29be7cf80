"""Who asks for a connection as a member, and which invitations a leaver's plan takes back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; of what is there nothing is known."""
    requester = sa.Column(
        "requested_by_member_id", sa.Uuid, comment="NULL: from before it was kept"
    )
    op.add_column("connections", requester)
    every = sa.Column("cancel_all", sa.Boolean, comment="of the leaver's invitations; NULL: no")
    op.add_column("departures", every)
    named = sa.Column("cancel_invitations", sa.JSON, comment="ids of the leaver's invitations")
    op.add_column("departures", named)
