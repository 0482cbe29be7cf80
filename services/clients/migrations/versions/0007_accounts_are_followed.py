"""Which state of an account's name and address a connection holds."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; connections from before take over the next news of their account."""
    of = sa.Column(
        "account_version", sa.Integer, comment="of the account's name and address; NULL: 0"
    )
    op.add_column("connections", of)
