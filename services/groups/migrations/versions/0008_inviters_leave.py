"""An invitation remembers that who sent it has left; it goes on in the firm's name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, true where who invited is no active member of the firm today."""
    # The default is for rows that are there, and those that the version before writes meanwhile.
    left = sa.Column("inviter_left", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("invitations", left)
    op.execute(
        "UPDATE invitations SET inviter_left = true "
        "WHERE status = 'pending' AND NOT EXISTS ("
        "SELECT 1 FROM members WHERE members.firm_id = invitations.firm_id "
        "AND members.account_id = invitations.inviter_account_id "
        "AND members.status = 'active')"
    )
