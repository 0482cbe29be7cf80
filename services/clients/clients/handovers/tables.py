"""Tables of handovers and of the clients they moved."""

import sqlalchemy as sa

from chassis.tables import Instant, enum
from clients.handovers.events import HandoverKind
from clients.records.tables import clients
from clients.tables import metadata

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
