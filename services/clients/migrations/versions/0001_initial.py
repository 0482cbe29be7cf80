"""Client records, what is known of firms and members, and rows already imported."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_chassis_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Ordered byte by byte on both databases.
SORT_NAME = sa.String(600).with_variant(sa.String(600, collation="C"), "postgresql")
NOBODYS = sa.text("assigned_member_id IS NULL")


def upgrade() -> None:
    """Create every table."""
    create_chassis_tables_v1()
    _firms_and_members()
    _clients()
    _contacts()
    _imported_rows()


def _firms_and_members() -> None:
    op.create_table(
        "firms",
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("solo", sa.Boolean, nullable=False),
        sa.Column("policy", sa.String(40), nullable=False),
        sa.Column(
            "version", sa.Integer, nullable=False, comment="groups' version; 0: not told yet"
        ),
        sa.PrimaryKeyConstraint("firm_id", name="pk_firms"),
        comment="what groups says of firms; also the lock under which a firm's records are written",
    )
    op.create_table(
        "members",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False, index=True),
        sa.Column("account_id", sa.Uuid, nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("senior", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, comment="groups' version"),
        sa.PrimaryKeyConstraint("member_id", name="pk_members"),
        comment="what groups says of members",
    )


def _clients() -> None:
    op.create_table(
        "clients",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("assigned_member_id", sa.Uuid, comment="at most one member (S1-74)"),
        sa.Column("external_id", sa.String(100), comment="its id where it was imported from"),
        sa.Column("number", sa.String(50), comment="the firm's own number for the client"),
        sa.Column("given_name", sa.String(200)),
        sa.Column("family_name", sa.String(200)),
        sa.Column("display_name", sa.String(200), comment="as typed; NULL: given and family name"),
        sa.Column("name", sa.String(401), nullable=False, comment="as shown"),
        sa.Column("sort_name", SORT_NAME, nullable=False, comment="folded, family name first"),
        sa.Column("search_text", sa.String(1_500), nullable=False, comment="folded"),
        sa.Column("birth_date", sa.Date),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("connection", sa.String(40), nullable=False),
        sa.Column("additional_information", sa.Text, comment="for staff only (S5-60)"),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("client_id", name="pk_clients"),
        sa.Index("ix_clients_home", "firm_id", "sort_name", "client_id", "search_text"),
        sa.Index("ix_clients_assigned", "firm_id", "assigned_member_id", "sort_name", "client_id"),
        sa.Index(
            "ix_clients_unassigned",
            "firm_id",
            "sort_name",
            "client_id",
            sqlite_where=NOBODYS,
            postgresql_where=NOBODYS,
        ),
        sa.Index("ix_clients_external_id", "firm_id", "external_id"),
    )


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("value", sa.String(254), nullable=False, comment="as compared"),
        sa.Column("raw", sa.String(254), nullable=False, comment="as typed"),
        sa.PrimaryKeyConstraint("client_id", "position", name="pk_contacts"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.client_id"], name="fk_contacts_client_id"),
        sa.Index("ix_contacts_value", "value", "kind"),
    )


def _imported_rows() -> None:
    op.create_table(
        "imported_rows",
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("batch_id", sa.Uuid, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False, index=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "batch_id", "row", name="pk_imported_rows"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name="fk_imported_rows_client_id"
        ),
        comment="rows that became clients, so that a repeated batch creates nobody twice",
    )
