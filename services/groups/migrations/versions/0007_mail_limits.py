"""Mails to strangers are counted, and an invitation says whether its inviter was verified."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the counts and the column, and fill it for invitations that are there."""
    op.create_table(
        "mail_counts",
        sa.Column("subject", sa.String(80), nullable=False, comment="addresses as SHA-256 only"),
        sa.Column("day", sa.Date, nullable=False, comment="in UTC"),
        sa.Column("mails", sa.Integer, nullable=False),
        sa.Column("most", sa.Integer, nullable=False, comment="the limit when last counted"),
        sa.PrimaryKeyConstraint("subject", "day", name="pk_mail_counts"),
    )
    op.create_index("ix_mail_counts_day", "mail_counts", ["day"])
    _whether_inviters_are_verified()


def _whether_inviters_are_verified() -> None:
    verified = sa.Column(
        "inviter_verified",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="whether the inviter's address was proven",
    )
    op.add_column("invitations", verified)
    op.execute(
        "UPDATE invitations SET inviter_verified = true WHERE EXISTS ("
        "SELECT 1 FROM accounts WHERE accounts.account_id = invitations.inviter_account_id "
        "AND accounts.email_verified AND accounts.email = invitations.inviter_email)"
    )
