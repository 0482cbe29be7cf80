"""The table of accounts."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import enum
from groups.accounts.account import Account, Kind
from groups.tables import metadata

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True, comment="a copy of identity's"),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email_verified", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("closed", sa.Boolean, nullable=False, default=False),
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Account, accounts)
