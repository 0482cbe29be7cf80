"""Receipts, and the counters that number them."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from billing.receipts.receipt import Receipt, ReceiptLine
from billing.tables import metadata
from chassis.tables import Instant

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

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(ReceiptLine, receipt_lines)
_mapper.map_imperatively(
    Receipt,
    receipts,
    properties={
        "lines": relationship(ReceiptLine, order_by=receipt_lines.c.position, lazy="selectin")
    },
)
