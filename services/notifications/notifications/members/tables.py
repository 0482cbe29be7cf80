"""The table of members, as groups tells of them."""

import sqlalchemy as sa

from notifications.tables import metadata

members = sa.Table(
    "members",
    metadata,
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False, index=True),
    sa.Column("account_id", sa.Uuid, nullable=False, index=True),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("status", sa.String(40), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.String(200), comment="NULL: known from before names were kept"),
    sa.Column("email", sa.String(254), comment="NULL: groups is to be asked"),
    sa.Index(
        "ix_members_email_unknown",
        "member_id",
        postgresql_where=sa.text("email IS NULL"),
        sqlite_where=sa.text("email IS NULL"),
    ),
)
