"""The tables of charges and statements, beside those of ``tables.py``."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from billing.domain.charge import Charge, ChargeKind
from billing.domain.plan import Level
from billing.domain.plan_change import LicenseTerm
from billing.domain.statement import Statement, Step
from billing.storage.tables import metadata
from chassis.tables import Instant, enum

statements = sa.Table(
    "statements",
    metadata,
    sa.Column("statement_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False),
    sa.Column("firm_name", sa.String(200), nullable=False),
    sa.Column("number", sa.String(40), nullable=False),
    sa.Column("month", sa.String(7), nullable=False, comment="2027-03, in UTC"),
    sa.Column("total", sa.BigInteger, nullable=False, comment="minor units"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("order_id", sa.ForeignKey("orders.id"), unique=True, comment="NULL: nothing to pay"),
    sa.Column("step", enum(Step), nullable=False),
    sa.Column("next_step_at", Instant, comment="NULL: nothing to do"),
    sa.Column("suspended", sa.Boolean, nullable=False, comment="the grace is over"),
    sa.UniqueConstraint("firm_id", "month"),
    sa.Index("ix_statements_of_firm", "firm_id", "statement_id"),
    sa.Index(
        "ix_statements_next_step",
        "next_step_at",
        postgresql_where=sa.text("next_step_at IS NOT NULL"),
        sqlite_where=sa.text("next_step_at IS NOT NULL"),
    ),
)
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
_mapper.map_imperatively(Charge, charges)
_mapper.map_imperatively(LicenseTerm, license_terms)
_mapper.map_imperatively(
    Statement,
    statements,
    properties={"lines": relationship(Charge, order_by=charges.c.charge_id, lazy="selectin")},
)
