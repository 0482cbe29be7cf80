"""What the firm has ordered: how its payments went, paying once more, cancelling."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from gateway.pages.billing import billing_page, one_page
from gateway.pages.billing_words import waits_for_transfer
from gateway.pages.page import get, post
from gateway.visits import Visit


def list_orders(visit: Visit) -> Response:
    """List the firm's orders, the newest first."""
    found = visit.ask("billing", "list_orders", **one_page(visit))
    return billing_page(visit, "billing/orders", found=found)


def show_order(visit: Visit, order_id: UUID) -> Response:
    """Show an order and its payments; where it can be paid, how."""
    order = _order(visit, order_id)
    waits = waits_for_transfer(order)
    return billing_page(
        visit,
        "billing/order",
        order=order,
        waits=waits,
        is_moving=order["status"] == "pending" and not waits,
        ways=visit.ask("billing", "list_plans") if waits or "pay" in order["can"] else None,
    )


def pay_order(visit: Visit, order_id: UUID) -> Response:
    """Pay an order whose payment was declined, by a new payment."""
    visit.do(
        "billing",
        "pay_order",
        order_id=str(order_id),
        payment_method=visit.typed("payment_method"),
    )
    return visit.go(f"/billing/orders/{order_id}", visit.text("The new payment is under way."))


def ask_to_cancel(visit: Visit, order_id: UUID) -> Response:
    """Show what is dropped, before it is."""
    return billing_page(visit, "billing/cancel_order", order=_order(visit, order_id))


def cancel_order(visit: Visit, order_id: UUID) -> Response:
    """Drop an order that is not paid."""
    visit.do("billing", "cancel_order", order_id=str(order_id))
    return visit.go(f"/billing/orders/{order_id}", visit.text("The order is cancelled."))


def _order(visit: Visit, order_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = visit.ask("billing", "get_order", order_id=str(order_id))
    return found


PAGES = (
    get("/billing/orders", list_orders),
    get("/billing/orders/<uuid:order_id>", show_order),
    post("/billing/orders/<uuid:order_id>", pay_order, again=show_order),
    get("/billing/orders/<uuid:order_id>/cancel", ask_to_cancel),
    post("/billing/orders/<uuid:order_id>/cancel", cancel_order, again=ask_to_cancel),
)
