"""Projections, subscriptions, orders, payments, receipts, the ledger and the sandbox's books."""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_chassis_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table of the service."""
    create_chassis_tables_v1()
    _projections()
    _subscriptions()
    _orders()
    _payments()
    _receipts()
    _receipt_parts()
    _ledger()
    _refuse_changes_of_the_ledger()
    _sandbox()


def _projections() -> None:
    op.create_table(
        "firms",
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("firm_id", name="pk_firms"),
        comment="What groups says of each firm",
    )
    op.create_table(
        "members",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_members"),
        comment="What groups says of each member",
    )
    op.create_index("ix_members_account_id", "members", ["account_id"])
    op.create_index("ix_members_firm_id", "members", ["firm_id", "role"])


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("plan", sa.String(40), nullable=False),
        sa.Column("level", sa.String(40)),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("period_end", sa.Date, nullable=False, comment="the last day covered, in UTC"),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("firm_id", name="pk_subscriptions"),
        comment="One per firm; its row is also the lock on the firm's money",
    )
    op.create_index("ix_subscriptions_running", "subscriptions", ["status", "period_end"])


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("ordered_by", sa.Uuid, nullable=False, comment="an account"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("plan", sa.String(40), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("unit_amount", sa.BigInteger, nullable=False, comment="minor units"),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("ordered_at", INSTANT, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("paid_at", INSTANT),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_orders_quantity_positive")),
        sa.CheckConstraint("unit_amount > 0", name=op.f("ck_orders_unit_amount_positive")),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
    )
    op.create_index("ix_orders_firm_id", "orders", ["firm_id", "id"])
    _partial_index(
        "uq_orders_open_subscription",
        "orders",
        "firm_id",
        "kind = 'subscription' AND status IN ('pending', 'declined')",
        unique=True,
    )


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid, nullable=False, comment="the idempotency key at the provider"),
        sa.Column("order_id", sa.Uuid, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units"),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", INSTANT, comment="NULL when there is nothing to attempt"),
        sa.Column("lease_until", INSTANT, comment="one worker is asking the provider until then"),
        sa.Column("settled_at", INSTANT),
        sa.Column("reference", sa.String(200)),
        sa.Column("reason", sa.String(200)),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_payments_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
    )
    op.create_index("ix_payments_order_id", "payments", ["order_id"])
    _partial_index("ix_payments_due", "payments", "next_attempt_at", "status = 'pending'")
    live = "status IN ('pending', 'awaiting', 'charged')"
    _partial_index("uq_payments_live", "payments", "order_id", live, unique=True)


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("firm_name", sa.String(200), nullable=False),
        sa.Column("order_id", sa.Uuid, nullable=False),
        sa.Column("payment_id", sa.Uuid, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("recipients", sa.JSON, nullable=False, comment="name and email, of that moment"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_receipts_order_id"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_receipts_payment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sa.UniqueConstraint(
            "firm_id", "year", "position", name="uq_receipts_firm_id_year_position"
        ),
        sa.UniqueConstraint("order_id", name="uq_receipts_order_id"),
        sa.UniqueConstraint("payment_id", name="uq_receipts_payment_id"),
    )
    op.create_index("ix_receipts_firm_id", "receipts", ["firm_id", "id"])


def _receipt_parts() -> None:
    op.create_table(
        "receipt_lines",
        sa.Column("receipt_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("unit_amount", sa.BigInteger, nullable=False, comment="minor units"),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name="fk_receipt_lines_receipt_id"
        ),
        sa.PrimaryKeyConstraint("receipt_id", "position", name="pk_receipt_lines"),
    )
    op.create_table(
        "receipt_counters",
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer, nullable=False, comment="the position given out last"),
        sa.PrimaryKeyConstraint("firm_id", "year", name="pk_receipt_counters"),
    )


def _ledger() -> None:
    integer = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "ledger_entries",
        sa.Column("id", integer, autoincrement=True, nullable=False),
        sa.Column("firm_id", sa.Uuid, nullable=False),
        sa.Column("order_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units"),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_ledger_entries_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entries"),
        sa.UniqueConstraint("order_id", "kind", name="uq_ledger_entries_order_id_kind"),
        comment="Append-only: a trigger refuses every change",
    )
    columns = ["firm_id", "currency", "kind"]
    op.create_index("ix_ledger_entries_firm_id", "ledger_entries", columns)


def _refuse_changes_of_the_ledger() -> None:
    """An entry stays as it was written, whoever is connected to the database."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'ledger entries are never changed'; END $$"
        )
        op.execute(
            "CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_entries "
            "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_refuses_{change.lower()} BEFORE {change} ON ledger_entries "
            "BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END"
        )


def _sandbox() -> None:
    op.create_table(
        "sandbox_charges",
        sa.Column("idempotency_key", sa.Uuid, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units; 0 when declined"),
        sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
        sa.Column("decline_reason", sa.String(200)),
        sa.Column("charged_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name="pk_sandbox_charges"),
        sa.UniqueConstraint("reference", name="uq_sandbox_charges_reference"),
        comment="The simulated provider's own books; no other table refers to it",
    )


def _partial_index(name: str, table: str, column: str, rows: str, unique: bool = False) -> None:
    where = sa.text(rows)
    op.create_index(
        name, table, [column], unique=unique, postgresql_where=where, sqlite_where=where
    )
