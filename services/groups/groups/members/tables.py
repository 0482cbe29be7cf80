"""The table of members."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import Instant, enum
from groups.members.member import Member
from groups.members.permissions import Role
from groups.members.states import MemberStatus
from groups.tables import metadata, unique_where

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.ForeignKey("firms.id"), nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("address", sa.String(254), nullable=False, comment="email as it is compared"),
    sa.Column("role", enum(Role), nullable=False),
    sa.Column("senior", sa.Boolean, nullable=False),
    sa.Column("status", enum(MemberStatus), nullable=False),
    sa.Column("license_id", sa.ForeignKey("licenses.id"), unique=True),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    unique_where(
        "uq_members_one_per_account_and_firm", "account_id firm_id", "status <> 'removed'"
    ),
    unique_where("uq_members_one_active_per_account", "account_id", "status = 'active'"),
    sa.Index("ix_members_of_firm", "firm_id", "status", "id"),
    sa.Index("ix_members_address", "firm_id", "address"),
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Member, members)
