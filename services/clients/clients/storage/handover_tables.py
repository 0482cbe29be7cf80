"""Tables of handovers, and of departures: the plans by which members leave."""

import sqlalchemy as sa

from chassis.tables import Instant, enum
from clients.domain.events import HandoverKind
from clients.storage.tables import clients, metadata

handovers = sa.Table(
    "handovers",
    metadata,
    sa.Column("handover_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False, comment="whose it is: joined, left or the same"),
    sa.Column("kind", enum(HandoverKind), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by_account_id", sa.Uuid, comment="NULL: it followed from an event"),
    sa.Column("by_name", sa.String(200), nullable=False),
    sa.Column("member_id", sa.Uuid, comment="who joined or left"),
    sa.Column("quantity", sa.Integer, nullable=False, comment="of clients"),
    sa.Column("undoes", sa.Uuid, comment="the handover that this one undid"),
    sa.Column("undone_by", sa.Uuid, comment="the handover that undid this one"),
    sa.Index("ix_handovers_firm", "firm_id", "handover_id"),
)
handover_items = sa.Table(
    "handover_items",
    metadata,
    sa.Column("handover_id", sa.ForeignKey(handovers.c.handover_id), primary_key=True),
    sa.Column("client_id", sa.ForeignKey(clients.c.client_id), primary_key=True),
    sa.Column("from_firm_id", sa.Uuid, nullable=False),
    sa.Column("from_member_id", sa.Uuid, comment="NULL: nobody"),
    sa.Column("to_firm_id", sa.Uuid, nullable=False),
    sa.Column("to_member_id", sa.Uuid, comment="NULL: nobody"),
)
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
