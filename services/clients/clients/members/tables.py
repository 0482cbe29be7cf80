"""Copies of groups' firms and members."""

import sqlalchemy as sa

from chassis.tables import enum
from clients.members.member import MemberStatus
from clients.members.viewer import Policy, Role
from clients.tables import metadata

firms = sa.Table(
    "firms",
    metadata,
    sa.Column("firm_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("solo", sa.Boolean, nullable=False),
    sa.Column("policy", enum(Policy), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, comment="groups' version; 0: not told yet"),
    comment="what groups says of firms; also the lock under which a firm's records are written",
)
members = sa.Table(
    "members",
    metadata,
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False, index=True),
    sa.Column("account_id", sa.Uuid, nullable=False, index=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("role", enum(Role), nullable=False),
    sa.Column("senior", sa.Boolean, nullable=False),
    sa.Column("status", enum(MemberStatus), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, comment="groups' version"),
    comment="what groups says of members",
)
