"""The open account: what is owed until it stands on a statement, and after."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from billing.charges.charge import Charge, ChargeKind
from billing.tables import metadata
from chassis.tables import Instant, enum

charges = sa.Table(
    "charges",
    metadata,
    sa.Column("charge_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("kind", enum(ChargeKind), nullable=False),
    sa.Column("source", sa.String(120), nullable=False, unique=True, comment="charged once"),
    sa.Column("description", sa.String(300), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units; may be negative"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("period_start", sa.Date),
    sa.Column("period_end", sa.Date),
    sa.Column("member_id", sa.Uuid),
    sa.Column("account_id", sa.Uuid),
    sa.Column("member_name", sa.String(200)),
    sa.Column("statement_id", sa.ForeignKey("statements.statement_id"), index=True),
    sa.Index("ix_charges_of_firm", "firm_id", "statement_id", "charge_id"),
    sa.Index(
        "ix_charges_open",
        "made_at",
        "firm_id",
        postgresql_where=sa.text("statement_id IS NULL"),
        sqlite_where=sa.text("statement_id IS NULL"),
    ),
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Charge, charges)
