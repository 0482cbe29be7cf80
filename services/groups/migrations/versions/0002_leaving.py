"""Somebody who was removed can be a member again, and a firm can outlive its founder's stay."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Loosen two places: memberships that are over, and firms whose owner has another firm."""
    with op.batch_alter_table("members") as members:
        members.drop_constraint("uq_members_account_id_firm_id", type_="unique")
    where = sa.text("status <> 'removed'")
    op.create_index(
        "uq_members_one_per_account_and_firm",
        "members",
        ["account_id", "firm_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )
    with op.batch_alter_table("firms") as firms:
        firms.drop_constraint("uq_firms_owner_account_id", type_="unique")
    op.create_index("ix_firms_owner_account_id", "firms", ["owner_account_id"])
