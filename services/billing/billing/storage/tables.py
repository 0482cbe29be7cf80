"""The tables, and which domain class each is mapped to."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from billing.domain.coverage import Coverage
from billing.domain.ledger import EntryKind
from billing.domain.order import Order, OrderKind, OrderStatus
from billing.domain.payment import Payment, PaymentStatus
from billing.domain.plan import Level, PlanKey
from billing.domain.receipt import Receipt, ReceiptLine
from billing.domain.subscription import Subscription, SubscriptionStatus
from chassis.tables import Instant, enum, new_metadata, row_id

metadata = new_metadata()  # this service's own; outbox, inbox and commands included

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
coverages = sa.Table(
    "coverages",
    metadata,
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False, comment="who pays"),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("home_firm_id", sa.Uuid, comment="whose subscription is paused meanwhile"),
    sa.Column("covered_from", Instant),
    sa.Column("covered_until", Instant, comment="NULL while the membership lasts"),
    sa.Index("ix_coverages_firm_id", "firm_id", "member_id"),
    sa.Index("ix_coverages_home_firm_id", "home_firm_id"),
    comment="For which members a firm pays, since they joined it",
)
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
receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.String(40), nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("firm_name", sa.String(200), nullable=False),
    sa.Column("order_id", sa.ForeignKey("orders.id"), nullable=False, unique=True),
    sa.Column("payment_id", sa.ForeignKey("payments.id"), nullable=False, unique=True),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("recipients", sa.JSON, nullable=False, comment="name and email, of that moment"),
    sa.UniqueConstraint("firm_id", "year", "position"),
    sa.Index("ix_receipts_firm_id", "firm_id", "id"),
)
receipt_lines = sa.Table(
    "receipt_lines",
    metadata,
    sa.Column("receipt_id", sa.ForeignKey("receipts.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("description", sa.String(200), nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("unit_amount", sa.BigInteger, nullable=False, comment="minor units"),
)
receipt_counters = sa.Table(
    "receipt_counters",
    metadata,
    sa.Column("firm_id", sa.Uuid, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False, comment="the position given out last"),
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
sandbox_charges = sa.Table(
    "sandbox_charges",
    metadata,
    sa.Column("idempotency_key", sa.Uuid, primary_key=True),
    sa.Column("reference", sa.String(40), nullable=False, unique=True),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units; 0 when declined"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("decline_reason", sa.String(200)),
    sa.Column("charged_at", Instant, nullable=False),
    comment="The simulated provider's own books; no other table refers to it",
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Subscription, subscriptions)
_mapper.map_imperatively(Coverage, coverages)
_mapper.map_imperatively(Payment, payments)
_mapper.map_imperatively(
    Order,
    orders,
    properties={"payments": relationship(Payment, order_by=payments.c.id, lazy="selectin")},
)
_mapper.map_imperatively(ReceiptLine, receipt_lines)
_mapper.map_imperatively(
    Receipt,
    receipts,
    properties={
        "lines": relationship(ReceiptLine, order_by=receipt_lines.c.position, lazy="selectin")
    },
)
