"""Tables of connections and of what is shared in them."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.limits import keep_mail_counts
from chassis.tables import Instant, enum
from clients.domain.connection import AccountConnection, ConnectionLink, Stage
from clients.domain.entry import Entry, EntryVersion
from clients.domain.events import Action, Connection, Section, Side
from clients.storage.tables import clients, metadata

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
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("entry_id", sa.Uuid, primary_key=True),
    sa.Column("client_id", sa.ForeignKey(clients.c.client_id), nullable=False),
    sa.Column("section", enum(Section), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column(
        "connection_id",
        sa.ForeignKey(connections.c.connection_id),
        comment="in which it is shared; NULL: the firm has it to itself",
    ),
    sa.Column("shared_from", sa.Integer, comment="the first version that the client sees"),
    sa.Column("deleted", sa.Boolean, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # Lists leave deleted entries out, whole or of one section, newest first.
    sa.Index("ix_entries_of_client", "client_id", "deleted", "entry_id"),
    sa.Index("ix_entries_of_section", "client_id", "section", "deleted", "entry_id"),
)
entry_versions = sa.Table(
    "entry_versions",
    metadata,
    sa.Column("entry_id", sa.ForeignKey(entries.c.entry_id), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("action", enum(Action), nullable=False),
    sa.Column("side", enum(Side), nullable=False),
    sa.Column("changed_by_account_id", sa.Uuid, nullable=False),
    sa.Column("changed_by_name", sa.String(200), nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("changes", sa.JSON, nullable=False, comment="field by field, in full"),
    sa.Column("content", sa.JSON, nullable=False, comment="after the change"),
    comment="rows are added, never changed",
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
_mapper.map_imperatively(
    Entry, entries, version_id_col=entries.c.version, version_id_generator=False
)
_mapper.map_imperatively(EntryVersion, entry_versions)
