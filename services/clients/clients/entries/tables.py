"""Tables of what is shared in connections, and of its versions."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import Instant, enum
from clients.connections.events import Side
from clients.connections.tables import connections
from clients.entries.entry import Entry, EntryVersion
from clients.entries.events import Action, Section
from clients.records.tables import clients
from clients.tables import metadata

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
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(
    Entry, entries, version_id_col=entries.c.version, version_id_generator=False
)
_mapper.map_imperatively(EntryVersion, entry_versions)
