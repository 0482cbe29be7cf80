"""Statements; the charges on them stand in the room below."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from billing.charges.charge import Charge
from billing.charges.tables import charges
from billing.statements.statement import Statement, Step
from billing.tables import metadata
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

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(
    Statement,
    statements,
    properties={"lines": relationship(Charge, order_by=charges.c.charge_id, lazy="selectin")},
)
