"""Which rows of imports became clients."""

import sqlalchemy as sa

from chassis.tables import Instant
from clients.records.tables import clients
from clients.tables import metadata

imported_rows = sa.Table(
    "imported_rows",
    metadata,
    sa.Column("firm_id", sa.Uuid, primary_key=True),
    sa.Column("batch_id", sa.Uuid, primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("client_id", sa.ForeignKey(clients.c.client_id), nullable=False, index=True),
    sa.Column("imported_at", Instant, nullable=False),
    comment="rows that became clients, so that a repeated batch creates nobody twice",
)
