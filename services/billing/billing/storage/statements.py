"""Charges on the open account, and the statements they end on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.charge import Charge
from billing.domain.errors import StatementNotFound
from billing.domain.payment import PaymentStatus
from billing.domain.statement import Statement
from billing.domain.subscription import SubscriptionStatus
from billing.storage.statement_tables import charges, statements
from billing.storage.tables import payments, subscriptions
from chassis.commands import insert_or_skip
from chassis.paging import decode_cursor, page


def add_charge(session: Session, charge: Charge) -> bool:
    """Put it on the open account; False if the same thing was charged before."""
    values = {column.name: getattr(charge, column.name) for column in charges.columns}
    return bool(insert_or_skip(session, charges, values))


def list_charges(session: Session, firm_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what will stand on the next statement, the newest first."""
    newest = sa.select(Charge).where(charges.c.firm_id == firm_id, charges.c.statement_id.is_(None))
    if cursor:
        newest = newest.where(charges.c.charge_id < decode_cursor(cursor, UUID)[0])
    ordered = newest.order_by(charges.c.charge_id.desc()).limit(limit + 1)
    rows = session.scalars(ordered).all()
    return page(rows, limit, lambda charge: (charge.charge_id,))


def firms_with_charges(before: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms with something on the open account from before that instant.

    A firm that is closed gets no more statements.
    """
    return sa.select(charges.c.firm_id).where(
        charges.c.statement_id.is_(None),
        charges.c.made_at < before,
        charges.c.firm_id.not_in(_closed_firms()),
    )


def open_charges(session: Session, firm_id: UUID, before: datetime) -> Sequence[Charge]:
    """The firm's charges of the earliest month that is over and has no statement yet.

    The caller holds the firm's subscription, so nobody else closes that month.
    """
    due = sa.select(Charge).where(
        charges.c.firm_id == firm_id,
        charges.c.statement_id.is_(None),
        charges.c.made_at < before,
    )
    found = session.scalars(due.order_by(charges.c.made_at, charges.c.charge_id)).all()
    return [charge for charge in found if charge.month == found[0].month]


def get_statement(session: Session, firm_id: UUID, statement_id: UUID) -> Statement:
    """The firm's statement. Raises StatementNotFound, for another firm's too."""
    mine = statements.c.statement_id == statement_id, statements.c.firm_id == firm_id
    found = session.scalars(sa.select(Statement).where(*mine)).one_or_none()
    if found is None:
        raise StatementNotFound("there is no such statement")
    return found


def list_statements(
    session: Session, firm_id: UUID, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of the firm's statements, the newest first."""
    newest = sa.select(Statement).where(statements.c.firm_id == firm_id)
    if cursor:
        newest = newest.where(statements.c.statement_id < decode_cursor(cursor, UUID)[0])
    ordered = newest.order_by(statements.c.statement_id.desc()).limit(limit + 1)
    rows = session.scalars(ordered).all()
    return page(rows, limit, lambda statement: (statement.statement_id,))


def find_statement_of_order(session: Session, order_id: UUID) -> Statement | None:
    """The statement that this order pays, if it pays one."""
    paid = sa.select(Statement).where(statements.c.order_id == order_id)
    return session.scalars(paid).one_or_none()


def find_suspending(session: Session, firm_id: UUID) -> Statement | None:
    """A statement of the firm whose grace is over."""
    late = sa.select(Statement).where(
        statements.c.firm_id == firm_id, statements.c.suspended.is_(True)
    )
    return session.scalars(late.order_by(statements.c.statement_id).limit(1)).one_or_none()


def firms_to_chase(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects firms with a statement about which something is to be done now; no closed ones."""
    return sa.select(statements.c.firm_id).where(
        statements.c.next_step_at <= now, statements.c.firm_id.not_in(_closed_firms())
    )


def _closed_firms() -> sa.Select[tuple[UUID]]:
    return sa.select(subscriptions.c.firm_id).where(
        subscriptions.c.status == SubscriptionStatus.CLOSED
    )


def list_to_chase(session: Session, firm_id: UUID, now: datetime) -> Sequence[Statement]:
    """The firm's statements about which something is to be done now, the oldest first.

    The caller holds the firm's subscription, so nobody else does it.
    """
    due = sa.select(Statement).where(
        statements.c.firm_id == firm_id, statements.c.next_step_at <= now
    )
    return session.scalars(due.order_by(statements.c.statement_id)).all()


def find_last_method(session: Session, firm_id: UUID) -> str | None:
    """By which method the firm last paid."""
    paid = sa.select(payments.c.method).where(
        payments.c.firm_id == firm_id, payments.c.status == PaymentStatus.CHARGED
    )
    return session.scalar(paid.order_by(payments.c.settled_at.desc()).limit(1))
