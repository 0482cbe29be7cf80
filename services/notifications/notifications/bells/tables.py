"""Tables of bells, of the changes behind them, and of who has opened them."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import Instant
from notifications.bells.bell import Bell
from notifications.tables import metadata

bells = sa.Table(
    "bells",
    metadata,
    sa.Column("client_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("client_name", sa.String(200), nullable=False),
    sa.Column("assigned_member_id", sa.Uuid, index=True),
    sa.Column("connected", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("last_number", sa.Integer, nullable=False),
    sa.Column("seen_through", sa.Integer, nullable=False),
)
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("client_id", sa.Uuid, nullable=False),
    sa.Column("number", sa.Integer, nullable=False, comment="counted per client, from 1"),
    sa.Column("entry_id", sa.Uuid, nullable=False),
    sa.Column("entry_version", sa.Integer, nullable=False),
    sa.Column("section", sa.String(40), nullable=False),
    sa.Column("title", sa.String(500), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("changed_by_name", sa.String(200), nullable=False),
    sa.Column("fields", sa.JSON, nullable=False, comment="[{field, old, new}]"),
    sa.Column("changed_at", Instant, nullable=False, index=True),
    sa.UniqueConstraint("client_id", "number"),
    sa.UniqueConstraint("client_id", "entry_id", "entry_version"),
)
openings = sa.Table(
    "openings",
    metadata,
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("client_id", sa.Uuid, primary_key=True),
    sa.Column("through", sa.Integer, nullable=False, comment="the last number that was seen"),
)

registry(metadata=metadata).map_imperatively(Bell, bells)
