"""Orders with their payments, the licenses they brought, and the ledger."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from billing.orders.ledger import EntryKind
from billing.orders.license_term import LicenseTerm
from billing.orders.order import Order, OrderKind, OrderStatus
from billing.orders.payment import Payment, PaymentStatus
from billing.plans.plan import Level, PlanKey
from billing.tables import metadata
from chassis.tables import Instant, enum, row_id

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("ordered_by", sa.Uuid, comment="an account; NULL for a statement"),
    sa.Column("kind", enum(OrderKind), nullable=False),
    sa.Column("plan", enum(PlanKey), comment="NULL for a statement"),
    sa.Column("level", enum(Level), comment="NULL for a statement"),
    sa.Column("description", sa.String(200), nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("unit_amount", sa.BigInteger, nullable=False, comment="minor units"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("ordered_at", Instant, nullable=False),
    sa.Column("status", enum(OrderStatus), nullable=False),
    sa.Column("paid_at", Instant),
    sa.CheckConstraint("quantity > 0", name="quantity_positive"),
    sa.CheckConstraint("unit_amount > 0", name="unit_amount_positive"),
    sa.Index("ix_orders_firm_id", "firm_id", "id"),
    sa.Index(
        "uq_orders_open_subscription",
        "firm_id",
        unique=True,
        postgresql_where=sa.text("kind = 'subscription' AND status IN ('pending', 'declined')"),
        sqlite_where=sa.text("kind = 'subscription' AND status IN ('pending', 'declined')"),
    ),
)
payments = sa.Table(
    "payments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True, comment="the idempotency key at the provider"),
    sa.Column("order_id", sa.ForeignKey("orders.id"), nullable=False, index=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("method", sa.String(40), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("status", enum(PaymentStatus), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", Instant, comment="NULL when there is nothing to attempt"),
    sa.Column("lease_until", Instant, comment="one worker is asking the provider until then"),
    sa.Column("settled_at", Instant),
    sa.Column("reference", sa.String(200)),
    sa.Column("reason", sa.String(200)),
    sa.Index(
        "ix_payments_due",
        "next_attempt_at",
        postgresql_where=sa.text("status = 'pending'"),
        sqlite_where=sa.text("status = 'pending'"),
    ),
    sa.Index(  # none beside one that is undecided or charged
        "uq_payments_live",
        "order_id",
        unique=True,
        postgresql_where=sa.text("status IN ('pending', 'awaiting', 'charged')"),
        sqlite_where=sa.text("status IN ('pending', 'awaiting', 'charged')"),
    ),
)
ledger_entries = sa.Table(
    "ledger_entries",
    metadata,
    row_id(),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("order_id", sa.ForeignKey("orders.id"), nullable=False),
    sa.Column("kind", enum(EntryKind), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("entered_at", Instant, nullable=False),
    sa.UniqueConstraint("order_id", "kind"),
    sa.Index("ix_ledger_entries_firm_id", "firm_id", "currency", "kind"),
    comment="Append-only: a trigger refuses every change",
)
license_terms = sa.Table(
    "license_terms",
    metadata,
    sa.Column("order_id", sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("level", enum(Level), nullable=False),
    sa.Column("paid_through", sa.Date, nullable=False),
    sa.Index("ix_license_terms_of_firm", "firm_id", "paid_through"),
    comment="Licenses that were bought, as long as they are there",
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Payment, payments)
_mapper.map_imperatively(
    Order,
    orders,
    properties={"payments": relationship(Payment, order_by=payments.c.id, lazy="selectin")},
)
_mapper.map_imperatively(LicenseTerm, license_terms)
