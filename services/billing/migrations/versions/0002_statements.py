"""Monthly statements and their charges; how long each license is paid for."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and let an order be a statement's."""
    with op.batch_alter_table("orders") as orders:
        for name, kind, comment in (
            ("ordered_by", sa.Uuid(), "an account; NULL for a statement"),
            ("plan", sa.String(40), "NULL for a statement"),
            ("level", sa.String(40), "NULL for a statement"),
        ):
            orders.alter_column(name, existing_type=kind, nullable=True, comment=comment)
    _statements()
    _charges()
    _license_terms()


def _license_terms() -> None:
    op.create_table(
        "license_terms",
        sa.Column("order_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("paid_through", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("order_id", "number", name="pk_license_terms"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_license_terms_order_id"),
        comment="Licenses that were bought, as long as they are there",
    )
    op.create_index("ix_license_terms_of_firm", "license_terms", ["firm_id", "paid_through"])


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("statement_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("firm_name", sa.String(200), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("month", sa.String(7), nullable=False, comment="2027-03, in UTC"),
        sa.Column("total", sa.BigInteger, nullable=False, comment="minor units"),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("order_id", sa.Uuid, comment="NULL: nothing to pay"),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("next_step_at", Instant, comment="NULL: nothing to do"),
        sa.Column("suspended", sa.Boolean, nullable=False, comment="the grace is over"),
        sa.PrimaryKeyConstraint("statement_id", name="pk_statements"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_statements_order_id"),
        sa.UniqueConstraint("order_id", name="uq_statements_order_id"),
        sa.UniqueConstraint("firm_id", "month", name="uq_statements_firm_id_month"),
    )
    op.create_index("ix_statements_of_firm", "statements", ["firm_id", "statement_id"])
    _index("ix_statements_next_step", "statements", ["next_step_at"], "next_step_at IS NOT NULL")


def _charges() -> None:
    op.create_table(
        "charges",
        sa.Column("charge_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("source", sa.String(120), nullable=False, comment="charged once"),
        sa.Column("description", sa.String(300), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units; may be negative"),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("period_start", sa.Date),
        sa.Column("period_end", sa.Date),
        sa.Column("member_id", sa.Uuid),
        sa.Column("account_id", sa.Uuid),
        sa.Column("member_name", sa.String(200)),
        sa.Column("statement_id", sa.Uuid),
        sa.PrimaryKeyConstraint("charge_id", name="pk_charges"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.statement_id"], name="fk_charges_statement_id"
        ),
        sa.UniqueConstraint("source", name="uq_charges_source"),
    )
    op.create_index("ix_charges_statement_id", "charges", ["statement_id"])
    op.create_index("ix_charges_of_firm", "charges", ["firm_id", "statement_id", "charge_id"])
    _index("ix_charges_open", "charges", ["made_at", "firm_id"], "statement_id IS NULL")


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)
