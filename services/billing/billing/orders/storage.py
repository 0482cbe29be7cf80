"""Queries on orders, their payments, the licenses they brought, and the ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.orders.errors import OrderNotFound, PaymentNotFound, SubscriptionOrderOpen
from billing.orders.ledger import EntryKind
from billing.orders.license_term import LicenseTerm
from billing.orders.order import Order, OrderKind, OrderStatus
from billing.orders.payment import Payment, PaymentStatus
from billing.orders.tables import ledger_entries, license_terms, orders, payments
from billing.plans.period import one_year_after
from billing.plans.plan import Level
from chassis.paging import Paged

OPEN = (OrderStatus.PENDING, OrderStatus.DECLINED)

_OF_FIRM = orders.c.firm_id == sa.bindparam("of_firm")
_ORDERS = Paged(sa.select(Order).where(_OF_FIRM), orders.c.id, descending=True)


def add_order(session: Session, order: Order) -> None:
    """Store a new order with its payment."""
    session.add(order)
    session.flush()


def lock_order(session: Session, firm_id: UUID, order_id: UUID) -> Order:
    """The firm's order, held until the transaction ends. Raises OrderNotFound."""
    return _one(session, sa.select(Order).with_for_update(), firm_id, order_id)


def get_order(session: Session, firm_id: UUID, order_id: UUID) -> Order:
    """The firm's order. Raises OrderNotFound, for another firm's too."""
    return _one(session, sa.select(Order), firm_id, order_id)


def list_orders(session: Session, firm_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the firm's orders, the newest first. Raises InvalidCursor."""
    return _ORDERS.read(session, limit, cursor, of_firm=firm_id)


def find_currency(session: Session, firm_id: UUID) -> str | None:
    """The currency of the firm's orders; None before the first that was not cancelled."""
    return session.scalar(
        sa.select(orders.c.currency)
        .where(orders.c.firm_id == firm_id, orders.c.status != OrderStatus.CANCELLED)
        .order_by(orders.c.id)
        .limit(1)
    )


def require_no_open_subscription(session: Session, firm_id: UUID) -> None:
    """Raises SubscriptionOrderOpen where the firm has an unpaid order for a subscription."""
    found = session.scalar(
        sa.select(orders.c.id)
        .where(orders.c.firm_id == firm_id, orders.c.kind == OrderKind.SUBSCRIPTION)
        .where(orders.c.status.in_(OPEN))
        .limit(1)
    )
    if found:
        raise SubscriptionOrderOpen(
            "an order for a subscription is not paid yet: pay it or cancel it", order_id=str(found)
        )


def list_open_orders(session: Session, firm_id: UUID) -> Sequence[UUID]:
    """The firm's orders that are neither paid nor cancelled."""
    of_firm = sa.select(orders.c.id).where(orders.c.firm_id == firm_id, orders.c.status.in_(OPEN))
    return session.scalars(of_firm.order_by(orders.c.id)).all()


def lock_due_payment(session: Session, now: datetime) -> Payment | None:
    """The undecided payment that has waited longest for a worker, or None.

    One that another worker is claiming at this moment is skipped.
    """
    due = (
        sa.select(Payment)
        .where(payments.c.status == PaymentStatus.PENDING, payments.c.next_attempt_at <= now)
        .order_by(payments.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(due).one_or_none()


def order_of_payment(session: Session, payment_id: UUID) -> tuple[UUID, UUID]:
    """The ids of the payment's firm and order. Raises PaymentNotFound."""
    found = session.execute(
        sa.select(payments.c.firm_id, payments.c.order_id).where(payments.c.id == payment_id)
    ).one_or_none()
    if found is None:
        raise PaymentNotFound("there is no such payment")
    return found.firm_id, found.order_id


def lock_payment(session: Session, payment_id: UUID) -> Payment:
    """The payment as it stands now, held until the transaction ends. Raises PaymentNotFound."""
    found = session.get(Payment, payment_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise PaymentNotFound("there is no such payment")
    return found


def find_last_method(session: Session, firm_id: UUID) -> str | None:
    """By which method the firm last paid."""
    paid = sa.select(payments.c.method).where(
        payments.c.firm_id == firm_id, payments.c.status == PaymentStatus.CHARGED
    )
    return session.scalar(paid.order_by(payments.c.settled_at.desc()).limit(1))


def add_terms(session: Session, order: Order, today: date) -> None:
    """A paid order's licenses, each through a year from today (S1-16, S1-17)."""
    rows = [
        {
            "order_id": order.id,
            "number": number,
            "firm_id": order.firm_id,
            "level": order.level,
            "paid_through": one_year_after(today),
        }
        for number in range(1, order.quantity + 1)
    ]
    session.execute(sa.insert(license_terms), rows)


def extend_term(session: Session, order_id: UUID, number: int, paid_through: date) -> None:
    """It goes on through that day; older news change nothing."""
    mine = license_terms.c.order_id == order_id, license_terms.c.number == number
    later = sa.update(license_terms).where(*mine, license_terms.c.paid_through < paid_through)
    session.execute(later.values(paid_through=paid_through))


def drop_term(session: Session, order_id: UUID, number: int) -> None:
    """It is gone, uncharged (S1-20)."""
    mine = license_terms.c.order_id == order_id, license_terms.c.number == number
    session.execute(sa.delete(license_terms).where(*mine))


def list_terms(session: Session, firm_id: UUID, today: date) -> Sequence[LicenseTerm]:
    """The firm's licenses that are paid for beyond today."""
    live = sa.select(LicenseTerm).where(
        license_terms.c.firm_id == firm_id, license_terms.c.paid_through > today
    )
    return session.scalars(live).all()


def list_license_prices(session: Session, firm_id: UUID, today: date) -> list[dict[str, Any]]:
    """What a license of each order cost whose licenses the firm has paid for today."""
    running = sa.select(license_terms.c.order_id).where(
        license_terms.c.firm_id == firm_id, license_terms.c.paid_through >= today
    )
    priced = sa.select(orders.c.id.label("order_id"), orders.c.unit_amount, orders.c.currency)
    priced = priced.where(orders.c.firm_id == firm_id, orders.c.id.in_(running))
    return [dict(row) for row in session.execute(priced.order_by(orders.c.id)).mappings()]


def set_level(session: Session, firm_id: UUID, level: Level) -> None:
    """All of the firm's licenses take that level."""
    theirs = sa.update(license_terms).where(license_terms.c.firm_id == firm_id)
    session.execute(theirs.values(level=level))


def add_entry(session: Session, order: Order, kind: EntryKind, now: datetime) -> None:
    """Enter the order's total; the same kind cannot be entered twice for an order."""
    session.execute(
        sa.insert(ledger_entries).values(
            firm_id=order.firm_id,
            order_id=order.id,
            kind=kind,
            amount=order.total,
            currency=order.currency,
            entered_at=now,
        )
    )


def sum_entries(session: Session, firm_id: UUID, currency: str) -> dict[EntryKind, int]:
    """The firm's sum per kind, in minor units of ``currency``."""
    rows = session.execute(
        sa.select(ledger_entries.c.kind, sa.func.sum(ledger_entries.c.amount))
        .where(ledger_entries.c.firm_id == firm_id, ledger_entries.c.currency == currency)
        .group_by(ledger_entries.c.kind)
    )
    return {kind: int(total) for kind, total in rows}


def _one(session: Session, query: sa.Select[Order], firm_id: UUID, order_id: UUID) -> Order:
    found = session.scalars(
        query.where(orders.c.id == order_id, orders.c.firm_id == firm_id)
    ).one_or_none()
    if found is None:
        raise OrderNotFound("there is no such order")
    return found
