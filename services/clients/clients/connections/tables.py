"""Tables of connections, of their links, and of how many people were asked."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.limits import keep_mail_counts
from chassis.tables import Instant, enum
from clients.connections.connection import AccountConnection, ConnectionLink, Stage
from clients.connections.events import Side
from clients.records.events import Connection
from clients.records.tables import clients
from clients.tables import metadata

CURRENT = sa.text("stage IN ('requested', 'connected')")
connections = sa.Table(
    "connections",
    metadata,
    sa.Column("connection_id", sa.Uuid, primary_key=True),
    sa.Column("client_id", sa.ForeignKey(clients.c.client_id), nullable=False),
    sa.Column("client_name", sa.String(401), nullable=False, comment="as last shown to the client"),
    sa.Column("firm_name", sa.String(200), nullable=False),
    sa.Column("email", sa.String(254), nullable=False, comment="as typed: the mail goes there"),
    sa.Column("message", sa.Text),
    sa.Column("requested_by_name", sa.String(200), nullable=False),
    sa.Column("requested_by_email", sa.String(254), nullable=False),
    sa.Column("requested_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("before", enum(Connection), nullable=False, comment="how the record stood"),
    sa.Column("stage", enum(Stage), nullable=False),
    sa.Column("account_id", sa.Uuid, comment="the client's account, once accepted"),
    sa.Column("account_name", sa.String(200)),
    sa.Column("connected_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", enum(Side)),
    sa.Column("generation", sa.Integer, nullable=False, comment="of the links that work"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("requested_by_member_id", sa.Uuid, comment="NULL: from before it was kept"),
    sa.Column("account_version", sa.Integer, comment="of the account's name and address; NULL: 0"),
    sa.Index(
        "uq_connections_one_current_per_client",
        "client_id",
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    ),
    sa.Index("ix_connections_of_client", "client_id", "connection_id"),
    sa.Index("ix_connections_of_account", "account_id", "connection_id"),
    sa.Index("ix_connections_due", "stage", "expires_at"),
)
connection_links = sa.Table(
    "connection_links",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True, comment="SHA-256; no token is kept"),
    sa.Column(
        "connection_id", sa.ForeignKey(connections.c.connection_id), nullable=False, index=True
    ),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
)
keep_mail_counts(metadata)
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(
    AccountConnection,
    connections,
    # Every change is conditional on the version that was read: one connection ends only once.
    version_id_col=connections.c.version,
    version_id_generator=False,
)
_mapper.map_imperatively(ConnectionLink, connection_links)
