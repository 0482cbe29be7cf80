"""Tables of client records."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from chassis.tables import enum
from clients.records.client import Client
from clients.records.details import Contact, ContactKind
from clients.records.events import Connection, Status
from clients.records.search import SEARCH_TEXT_BYTES, SORT_NAME_BYTES
from clients.tables import metadata

# Compared and ordered byte by byte on both databases, whatever the server's language is:
# otherwise a page's key would not mean the same to the index and to the cursor.
SortName = sa.String(SORT_NAME_BYTES).with_variant(
    sa.String(SORT_NAME_BYTES, collation="C"), "postgresql"
)
clients = sa.Table(
    "clients",
    metadata,
    sa.Column("client_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("assigned_member_id", sa.Uuid, comment="at most one member (S1-74)"),
    sa.Column("external_id", sa.String(100), comment="its id where it was imported from"),
    sa.Column("number", sa.String(50), comment="the firm's own number for the client"),
    sa.Column("given_name", sa.String(200)),
    sa.Column("family_name", sa.String(200)),
    sa.Column("display_name", sa.String(200), comment="as typed; NULL: given and family name"),
    sa.Column("name", sa.String(401), nullable=False, comment="as shown"),
    sa.Column("sort_name", SortName, nullable=False, comment="folded, family name first"),
    sa.Column("search_text", sa.String(SEARCH_TEXT_BYTES), nullable=False, comment="folded"),
    sa.Column("birth_date", sa.Date),
    sa.Column("status", enum(Status), nullable=False),
    sa.Column("connection", enum(Connection), nullable=False),
    sa.Column("additional_information", sa.Text, comment="for staff only (S5-60)"),
    sa.Column("tags", sa.JSON, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # The home page and its two narrowings, each in page order. The first holds the text of which
    # a search reads on until the page is full, so that it fetches only the clients it finds.
    sa.Index("ix_clients_home", "firm_id", "sort_name", "client_id", "search_text"),
    # What a search finds of a firm where that is too little to be met on the way, or nothing. What
    # was written last is kept apart up to so many kB: more would be one writer's to sort in.
    sa.Index(
        "ix_clients_search",
        "firm_id",
        "search_text",
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
        postgresql_with={"gin_pending_list_limit": 256},
    ).ddl_if(dialect="postgresql"),
    sa.Index("ix_clients_assigned", "firm_id", "assigned_member_id", "sort_name", "client_id"),
    sa.Index(
        "ix_clients_unassigned",
        "firm_id",
        "sort_name",
        "client_id",
        sqlite_where=sa.text("assigned_member_id IS NULL"),
        postgresql_where=sa.text("assigned_member_id IS NULL"),
    ),
    # The firm's connections by name: only the records that ever had one.
    sa.Index(
        "ix_clients_connected",
        "firm_id",
        "sort_name",
        "client_id",
        sqlite_where=sa.text("connection <> 'none'"),
        postgresql_where=sa.text("connection <> 'none'"),
    ),
    # How many clients each member has: so narrow that all of a firm is counted in one go.
    sa.Index("ix_clients_members", "firm_id", "assigned_member_id"),
    sa.Index("ix_clients_external_id", "firm_id", "external_id"),
)
contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("client_id", sa.ForeignKey(clients.c.client_id), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("kind", enum(ContactKind), nullable=False),
    sa.Column("value", sa.String(254), nullable=False, comment="as compared"),
    sa.Column("raw", sa.String(254), nullable=False, comment="as typed"),
    sa.Index("ix_contacts_value", "value", "kind"),
)
_contacts = relationship(
    Contact, order_by=contacts.c.position, lazy="selectin", cascade="all, delete-orphan"
)
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Contact, contacts)
_mapper.map_imperatively(Client, clients, properties={"contacts": _contacts})
