"""Queries on orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.domain.errors import OrderNotFound, SubscriptionOrderOpen
from billing.domain.order import Order, OrderKind, OrderStatus
from billing.storage.tables import orders
from chassis.paging import decode_cursor, page

OPEN = (OrderStatus.PENDING, OrderStatus.DECLINED)


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
    """A page of the firm's orders, the newest first."""
    newest = sa.select(Order).where(orders.c.firm_id == firm_id).order_by(orders.c.id.desc())
    if cursor:
        (before,) = decode_cursor(cursor, UUID)
        newest = newest.where(orders.c.id < before)
    rows = session.scalars(newest.limit(limit + 1)).all()
    return page(rows, limit, lambda order: (order.id,))


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


def _one(session: Session, query: sa.Select[Order], firm_id: UUID, order_id: UUID) -> Order:
    found = session.scalars(
        query.where(orders.c.id == order_id, orders.c.firm_id == firm_id)
    ).one_or_none()
    if found is None:
        raise OrderNotFound("there is no such order")
    return found
