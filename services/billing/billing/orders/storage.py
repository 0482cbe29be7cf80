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
_ORDER = sa.select(Order).where(_OF_FIRM, orders.c.id == sa.bindparam("of_order"))
_ORDER_HELD = _ORDER.with_for_update()
_OPEN_ORDERS = (
    sa.select(orders.c.id).where(_OF_FIRM, orders.c.status.in_(OPEN)).order_by(orders.c.id)
)
_OPEN_SUBSCRIPTION = _OPEN_ORDERS.where(orders.c.kind == OrderKind.SUBSCRIPTION).limit(1)
_CURRENCY = (
    sa.select(orders.c.currency)
    .where(_OF_FIRM, orders.c.status != OrderStatus.CANCELLED)
    .order_by(orders.c.id)
    .limit(1)
)
_DUE_PAYMENT = (
    sa.select(Payment)
    .where(
        payments.c.status == PaymentStatus.PENDING,
        payments.c.next_attempt_at <= sa.bindparam("now"),
    )
    .order_by(payments.c.next_attempt_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_ORDER_OF_PAYMENT = sa.select(payments.c.firm_id, payments.c.order_id).where(
    payments.c.id == sa.bindparam("of_payment")
)
_LAST_METHOD = (
    sa.select(payments.c.method)
    .where(
        payments.c.firm_id == sa.bindparam("of_firm"),
        payments.c.status == PaymentStatus.CHARGED,
    )
    .order_by(payments.c.settled_at.desc())
    .limit(1)
)
_ADD_TERMS = sa.insert(license_terms)
_IS_TERM = (
    license_terms.c.order_id == sa.bindparam("of_order"),
    license_terms.c.number == sa.bindparam("of_number"),
)
_EXTEND_TERM = (
    sa.update(license_terms)
    .where(*_IS_TERM, license_terms.c.paid_through < sa.bindparam("through"))
    .values(paid_through=sa.bindparam("through"))
)
_DROP_TERM = sa.delete(license_terms).where(*_IS_TERM)
_TERM_OF_FIRM = license_terms.c.firm_id == sa.bindparam("of_firm")
_TERMS = sa.select(LicenseTerm).where(
    _TERM_OF_FIRM, license_terms.c.paid_through > sa.bindparam("today")
)
_PAID_TODAY = sa.select(license_terms.c.order_id).where(
    _TERM_OF_FIRM, license_terms.c.paid_through >= sa.bindparam("today")
)
_LICENSE_PRICES = (
    sa.select(orders.c.id.label("order_id"), orders.c.unit_amount, orders.c.currency)
    .where(_OF_FIRM, orders.c.id.in_(_PAID_TODAY))
    .order_by(orders.c.id)
)
_SET_LEVEL = sa.update(license_terms).where(_TERM_OF_FIRM).values(level=sa.bindparam("to_level"))
_ADD_ENTRY = sa.insert(ledger_entries)
_SUMS = (
    sa.select(ledger_entries.c.kind, sa.func.sum(ledger_entries.c.amount))
    .where(
        ledger_entries.c.firm_id == sa.bindparam("of_firm"),
        ledger_entries.c.currency == sa.bindparam("in_currency"),
    )
    .group_by(ledger_entries.c.kind)
)


def add_order(session: Session, order: Order) -> None:
    """Store a new order with its payment."""
    session.add(order)
    session.flush()


def lock_order(session: Session, firm_id: UUID, order_id: UUID) -> Order:
    """Return the firm's order, held until the transaction ends. Raises OrderNotFound."""
    return _one(session, _ORDER_HELD, firm_id, order_id)


def get_order(session: Session, firm_id: UUID, order_id: UUID) -> Order:
    """Return the firm's order. Raises OrderNotFound, for another firm's too."""
    return _one(session, _ORDER, firm_id, order_id)


def list_orders(session: Session, firm_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return a page of the firm's orders, the newest first. Raises InvalidCursor."""
    return _ORDERS.read(session, limit, cursor, of_firm=firm_id)


def find_currency(session: Session, firm_id: UUID) -> str | None:
    """Return the currency of the firm's orders; None before the first that was not cancelled."""
    return session.scalar(_CURRENCY, {"of_firm": firm_id})


def require_no_open_subscription(session: Session, firm_id: UUID) -> None:
    """Raise SubscriptionOrderOpen where the firm has an unpaid order for a subscription."""
    found = session.scalar(_OPEN_SUBSCRIPTION, {"of_firm": firm_id})
    if found:
        raise SubscriptionOrderOpen(
            "an order for a subscription is not paid yet: pay it or cancel it", order_id=str(found)
        )


def list_open_orders(session: Session, firm_id: UUID) -> Sequence[UUID]:
    """Return the firm's orders that are neither paid nor cancelled."""
    return session.scalars(_OPEN_ORDERS, {"of_firm": firm_id}).all()


def lock_due_payment(session: Session, now: datetime) -> Payment | None:
    """Return the undecided payment that has waited longest for a worker, or None.

    One that another worker is claiming at this moment is skipped.
    """
    return session.scalars(_DUE_PAYMENT, {"now": now}).one_or_none()


def order_of_payment(session: Session, payment_id: UUID) -> tuple[UUID, UUID]:
    """Return the ids of the payment's firm and order. Raises PaymentNotFound."""
    found = session.execute(_ORDER_OF_PAYMENT, {"of_payment": payment_id}).one_or_none()
    if found is None:
        raise PaymentNotFound("there is no such payment")
    return found.firm_id, found.order_id


def lock_payment(session: Session, payment_id: UUID) -> Payment:
    """Return the payment as it stands now, held until the transaction ends.

    Raises PaymentNotFound.
    """
    found = session.get(Payment, payment_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise PaymentNotFound("there is no such payment")
    return found


def find_last_method(session: Session, firm_id: UUID) -> str | None:
    """Return by which method the firm last paid."""
    return session.scalar(_LAST_METHOD, {"of_firm": firm_id})


def add_terms(session: Session, order: Order, today: date) -> None:
    """Store a paid order's licenses, each through a year from today (S1-16, S1-17)."""
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
    session.execute(_ADD_TERMS, rows)


def extend_term(session: Session, order_id: UUID, number: int, paid_through: date) -> None:
    """Let the license go on through that day; older news change nothing."""
    term = {"of_order": order_id, "of_number": number}
    session.execute(_EXTEND_TERM, {**term, "through": paid_through})


def drop_term(session: Session, order_id: UUID, number: int) -> None:
    """Delete the term of a license that is gone, uncharged (S1-20)."""
    session.execute(_DROP_TERM, {"of_order": order_id, "of_number": number})


def list_terms(session: Session, firm_id: UUID, today: date) -> Sequence[LicenseTerm]:
    """Return the firm's licenses that are paid for beyond today."""
    return session.scalars(_TERMS, {"of_firm": firm_id, "today": today}).all()


def list_license_prices(session: Session, firm_id: UUID, today: date) -> list[dict[str, Any]]:
    """Return what a license of each order cost whose licenses the firm has paid for today."""
    priced = session.execute(_LICENSE_PRICES, {"of_firm": firm_id, "today": today})
    return [dict(row) for row in priced.mappings()]


def set_level(session: Session, firm_id: UUID, level: Level) -> None:
    """Give all of the firm's licenses that level."""
    session.execute(_SET_LEVEL, {"of_firm": firm_id, "to_level": level})


def add_entry(session: Session, order: Order, kind: EntryKind, now: datetime) -> None:
    """Enter the order's total; the same kind cannot be entered twice for an order."""
    entry = {
        "firm_id": order.firm_id,
        "order_id": order.id,
        "kind": kind,
        "amount": order.total,
        "currency": order.currency,
        "entered_at": now,
    }
    session.execute(_ADD_ENTRY, entry)


def sum_entries(session: Session, firm_id: UUID, currency: str) -> dict[EntryKind, int]:
    """Return the firm's sum per kind, in minor units of ``currency``."""
    rows = session.execute(_SUMS, {"of_firm": firm_id, "in_currency": currency})
    return {kind: int(total) for kind, total in rows}


def _one(session: Session, query: sa.Select[Order], firm_id: UUID, order_id: UUID) -> Order:
    found = session.scalars(query, {"of_firm": firm_id, "of_order": order_id}).one_or_none()
    if found is None:
        raise OrderNotFound("there is no such order")
    return found
