"""Connections by consent, their links, and what both sides share, version by version."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CONNECTED = sa.text("connection <> 'none'")
CURRENT = sa.text("stage IN ('requested', 'connected')")


def upgrade() -> None:
    """Create the tables, and the index that lists a firm's connections."""
    op.create_index(
        "ix_clients_connected",
        "clients",
        ["firm_id", "sort_name", "client_id"],
        sqlite_where=CONNECTED,
        postgresql_where=CONNECTED,
    )
    _connections()
    _connection_links()
    _entries()
    _entry_versions()


def _connections() -> None:
    op.create_table(
        "connections",
        sa.Column("connection_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column(
            "client_name", sa.String(401), nullable=False, comment="as last shown to the client"
        ),
        sa.Column("firm_name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False, comment="as typed: the mail goes there"),
        sa.Column("message", sa.Text),
        sa.Column("requested_by_name", sa.String(200), nullable=False),
        sa.Column("requested_by_email", sa.String(254), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.String(40), nullable=False, comment="how the record stood"),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Uuid, comment="the client's account, once accepted"),
        sa.Column("account_name", sa.String(200)),
        sa.Column("connected_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(40)),
        sa.Column("generation", sa.Integer, nullable=False, comment="of the links that work"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("connection_id", name="pk_connections"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name="fk_connections_client_id"
        ),
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


def _connection_links() -> None:
    op.create_table(
        "connection_links",
        sa.Column("token_hash", sa.String(64), nullable=False, comment="SHA-256; no token is kept"),
        sa.Column("connection_id", sa.Uuid, nullable=False, index=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_connection_links"),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connections.connection_id"],
            name="fk_connection_links_connection_id",
        ),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("entry_id", sa.Uuid, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column(
            "connection_id",
            sa.Uuid,
            comment="in which it is shared; NULL: the firm has it to itself",
        ),
        sa.Column("shared_from", sa.Integer, comment="the first version that the client sees"),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_entries"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.client_id"], name="fk_entries_client_id"),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.connection_id"], name="fk_entries_connection_id"
        ),
        sa.Index("ix_entries_of_client", "client_id", "deleted", "entry_id"),
        sa.Index("ix_entries_of_section", "client_id", "section", "deleted", "entry_id"),
    )


def _entry_versions() -> None:
    op.create_table(
        "entry_versions",
        sa.Column("entry_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("changed_by_account_id", sa.Uuid, nullable=False),
        sa.Column("changed_by_name", sa.String(200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.JSON, nullable=False, comment="field by field, in full"),
        sa.Column("content", sa.JSON, nullable=False, comment="after the change"),
        sa.PrimaryKeyConstraint("entry_id", "version", name="pk_entry_versions"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.entry_id"], name="fk_entry_versions_entry_id"
        ),
        comment="rows are added, never changed",
    )
