"""What groups says of firms and members, and each firm's subscription."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from billing.firms.subscription import Subscription, SubscriptionStatus
from billing.plans.plan import Level, PlanKey
from billing.tables import metadata
from chassis.tables import enum

firms = sa.Table(
    "firms",
    metadata,
    sa.Column("firm_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    comment="What groups says of each firm",
)
members = sa.Table(
    "members",
    metadata,
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False, index=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("status", sa.String(40), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Index("ix_members_firm_id", "firm_id", "role"),
    comment="What groups says of each member",
)
subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("firm_id", sa.Uuid, primary_key=True),
    sa.Column("plan", enum(PlanKey), nullable=False),
    sa.Column("level", enum(Level)),
    sa.Column("status", enum(SubscriptionStatus), nullable=False),
    sa.Column("period_end", sa.Date, nullable=False, comment="the last day covered, in UTC"),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("paused_on", sa.Date, comment="its days are kept since then"),
    sa.Index("ix_subscriptions_running", "status", "period_end"),
    comment="One per firm; its row is also the lock on the firm's money",
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Subscription, subscriptions)
