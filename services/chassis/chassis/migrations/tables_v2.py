"""What every service notes of who has received its events. Frozen: never edit."""

import sqlalchemy as sa
from alembic import op


def add_consumers_v2() -> None:
    """Make the table of consumers, and count in the outbox how often an event went again."""
    op.add_column(
        "outbox",
        sa.Column(
            "republished",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="how often a consumer turned out to miss it",
        ),
    )
    op.create_table(
        "consumers",
        sa.Column("service", sa.String(100), nullable=False),
        sa.Column("handler", sa.String(100), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False, comment="outbox id it listens after"),
        sa.Column("received_to", sa.BigInteger(), nullable=False, comment="outbox id, inclusive"),
        sa.Column("compare_at", sa.DateTime(timezone=True), comment="when its inbox is asked next"),
        sa.Column(
            "republished",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="how many events it turned out to miss",
        ),
        sa.PrimaryKeyConstraint("service", "handler", name="pk_consumers"),
    )
