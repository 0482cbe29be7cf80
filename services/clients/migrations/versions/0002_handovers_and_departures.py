"""Handovers with their items, and departures with who gets which client."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _handovers()
    _handover_items()
    _departures()
    _departure_receivers()


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("handover_id", sa.Uuid, nullable=False),
        sa.Column(
            "firm_id", sa.Uuid, nullable=False, comment="whose it is: joined, left or the same"
        ),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_account_id", sa.Uuid, comment="NULL: it followed from an event"),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("member_id", sa.Uuid, comment="who joined or left"),
        sa.Column("quantity", sa.Integer, nullable=False, comment="of clients"),
        sa.Column("undoes", sa.Uuid, comment="the handover that this one undid"),
        sa.Column("undone_by", sa.Uuid, comment="the handover that undid this one"),
        sa.PrimaryKeyConstraint("handover_id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_firm", "handovers", ["firm_id", "handover_id"])


def _handover_items() -> None:
    op.create_table(
        "handover_items",
        sa.Column("handover_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("from_firm_id", sa.Uuid, nullable=False),
        sa.Column("from_member_id", sa.Uuid, comment="NULL: nobody"),
        sa.Column("to_firm_id", sa.Uuid, nullable=False),
        sa.Column("to_member_id", sa.Uuid, comment="NULL: nobody"),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.handover_id"], name="fk_handover_items_handover_id"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name="fk_handover_items_client_id"
        ),
        sa.PrimaryKeyConstraint("handover_id", "client_id", name="pk_handover_items"),
    )


def _departures() -> None:
    op.create_table(
        "departures",
        sa.Column(
            "departure_id", sa.Uuid, nullable=False, comment="follows from the command's key"
        ),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False, comment="who leaves"),
        sa.Column("keep_clients", sa.Boolean, nullable=False),
        sa.Column("by_account_id", sa.Uuid),
        sa.Column("by_member_id", sa.Uuid),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("carried_out_at", INSTANT, comment="NULL: planned"),
        sa.Column("handover_id", sa.Uuid, comment="NULL: planned, or there were no clients"),
        sa.PrimaryKeyConstraint("departure_id", name="pk_departures"),
        comment="what is to become of a leaver's clients, stored before groups is asked",
    )
    op.create_index("ix_departures_member_id", "departures", ["member_id"])


def _departure_receivers() -> None:
    op.create_table(
        "departure_receivers",
        sa.Column("departure_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False, comment="who gets the client"),
        sa.ForeignKeyConstraint(
            ["departure_id"],
            ["departures.departure_id"],
            name="fk_departure_receivers_departure_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("departure_id", "client_id", name="pk_departure_receivers"),
    )
