"""Firms, members, licenses with their biography, invitations with their links, accounts."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_chassis_tables_v1
from chassis.tables import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the service."""
    create_chassis_tables_v1()
    _accounts()
    _firms()
    _licenses()
    _members()
    _invitations()
    _invitation_links()
    _license_entries()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid, nullable=False, comment="a copy of identity's"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email_verified", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_accounts"),
    )


def _firms() -> None:
    op.create_table(
        "firms",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("owner_account_id", sa.Uuid, nullable=False),
        sa.Column("policy", sa.String(40), nullable=False),
        sa.Column("active_members", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_firms"),
        sa.UniqueConstraint("owner_account_id", name="uq_firms_owner_account_id"),
        comment="whoever changes members, licenses or invitations holds the firm's row",
    )
    op.create_table(
        "license_pools",
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("unused", sa.Integer, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("firm_id", name="pk_license_pools"),
        _refers("license_pools", "firm_id", "firms"),
        sa.CheckConstraint(
            "unused >= 0 AND held >= 0 AND used >= 0", name=op.f("ck_license_pools_counts")
        ),
    )


def _licenses() -> None:
    op.create_table(
        "licenses",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("order_id", sa.Uuid, comment="NULL: the founder's own subscription brought it"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("level", sa.String(40)),
        sa.Column("purchased_on", sa.Date, nullable=False),
        sa.Column("paid_through", sa.Date, comment="the last day; NULL: while the subscription is"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_licenses"),
        sa.UniqueConstraint("order_id", "number", name="uq_licenses_order_id_number"),
        _refers("licenses", "firm_id", "firms"),
    )
    op.create_index(
        "ix_licenses_oldest_first", "licenses", ["firm_id", "state", "paid_through", "id"]
    )
    op.create_index("ix_licenses_due", "licenses", ["state", "paid_through"])


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("address", sa.String(254), nullable=False, comment="email as it is compared"),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("senior", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("license_id", sa.Uuid),
        sa.Column("joined_at", Instant, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("account_id", "firm_id", name="uq_members_account_id_firm_id"),
        sa.UniqueConstraint("license_id", name="uq_members_license_id"),
        _refers("members", "firm_id", "firms"),
        _refers("members", "license_id", "licenses"),
    )
    op.create_index("ix_members_of_firm", "members", ["firm_id", "status", "id"])
    op.create_index("ix_members_address", "members", ["firm_id", "address"])
    _only("uq_members_one_active_per_account", "members", ["account_id"], "status = 'active'")


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("address", sa.String(254), nullable=False, comment="email as it is compared"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("inviter_account_id", sa.Uuid, nullable=False),
        sa.Column("inviter_name", sa.String(200), nullable=False),
        sa.Column("inviter_email", sa.String(254), nullable=False),
        sa.Column("license_id", sa.Uuid, comment="NULL: billing-only"),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False, comment="of the links that work"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        _refers("invitations", "firm_id", "firms"),
        _refers("invitations", "license_id", "licenses"),
    )
    op.create_index("ix_invitations_of_firm", "invitations", ["firm_id", "status", "id"])
    op.create_index("ix_invitations_due", "invitations", ["status", "expires_at"])
    pending = "status = 'pending'"
    _only("uq_invitations_one_pending_per_address", "invitations", ["firm_id", "address"], pending)
    _only("uq_invitations_one_pending_per_license", "invitations", ["license_id"], pending)


def _invitation_links() -> None:
    op.create_table(
        "invitation_links",
        sa.Column("token_hash", sa.String(64), nullable=False, comment="SHA-256; no token is kept"),
        sa.Column("invitation_id", sa.Uuid, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("issued_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitation_links"),
        _refers("invitation_links", "invitation_id", "invitations"),
    )
    op.create_index("ix_invitation_links_invitation_id", "invitation_links", ["invitation_id"])


def _license_entries() -> None:
    op.create_table(
        "license_entries",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("license_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(40), nullable=False, comment="after the change"),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("by_account_id", sa.Uuid, comment="NULL: nobody asked, time did it"),
        sa.Column("at", Instant, nullable=False),
        sa.Column("order_id", sa.Uuid),
        sa.Column("invitation_id", sa.Uuid),
        sa.Column("member_id", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_license_entries"),
        _refers("license_entries", "firm_id", "firms"),
        _refers("license_entries", "license_id", "licenses"),
        comment="the licenses' biography: rows are added, never changed",
    )
    op.create_index("ix_license_entries_license_id", "license_entries", ["license_id"])
    op.create_index("ix_license_entries_of_firm", "license_entries", ["firm_id", "id"])


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def _only(name: str, table: str, columns: list[str], condition: str) -> None:
    """A unique index over the rows that meet the condition."""
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, postgresql_where=where, sqlite_where=where)
