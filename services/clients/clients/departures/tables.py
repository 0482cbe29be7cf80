"""Tables of departures: the plans by which members leave."""

import sqlalchemy as sa

from chassis.tables import Instant
from clients.tables import metadata

departures = sa.Table(
    "departures",
    metadata,
    sa.Column("departure_id", sa.Uuid, primary_key=True, comment="follows from the command's key"),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False, comment="who leaves"),
    sa.Column("keep_clients", sa.Boolean, nullable=False),
    sa.Column("by_account_id", sa.Uuid),
    sa.Column("by_member_id", sa.Uuid),
    sa.Column("by_name", sa.String(200), nullable=False),
    sa.Column("planned_at", Instant, nullable=False),
    sa.Column("carried_out_at", Instant, comment="NULL: planned"),
    sa.Column("handover_id", sa.Uuid, comment="NULL: planned, or there were no clients"),
    sa.Column("cancel_all", sa.Boolean, comment="of the leaver's invitations; NULL: no"),
    sa.Column("cancel_invitations", sa.JSON, comment="ids of the leaver's invitations"),
    sa.Index("ix_departures_member_id", "member_id"),
    comment="what is to become of a leaver's clients, stored before groups is asked",
)
departure_receivers = sa.Table(
    "departure_receivers",
    metadata,
    sa.Column(
        "departure_id",
        sa.ForeignKey(departures.c.departure_id, ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("client_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=False, comment="who gets the client"),
)
