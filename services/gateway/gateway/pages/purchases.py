"""Buying: licenses for colleagues, a plan for the firm, another plan. Money is shown before."""

from typing import Any

from werkzeug.wrappers import Response

from chassis.errors import BadRequest, Conflict, NotFound
from gateway.pages.billing import billing_page
from gateway.pages.logins import own_path
from gateway.pages.page import get, post
from gateway.visits import Visit


def show_plans(visit: Visit) -> Response:
    """Compare what each plan costs and has, and say which one the firm can take."""
    return billing_page(visit, "billing/plans", offers=_offers(visit))


def show_plan(visit: Visit, plan: str) -> Response:
    """Show a plan that is to be taken: what it has, and what a year costs."""
    offers = _offers(visit)
    offer = next((one for one in offers["plans"] if one["plan"] == plan), None)
    if offer is None:
        raise NotFound("there is no such plan")
    return billing_page(visit, "billing/subscribe", offers=offers, offer=offer)


def subscribe(visit: Visit, plan: str) -> Response:
    """Order a year of the plan."""
    order = visit.do("billing", "subscribe", plan=plan, **_payment(visit))
    return _ordered(visit, order)


def preview_change(visit: Visit, plan: str) -> Response:
    """Show what another plan costs for the days that are left; or why it cannot be taken."""
    try:
        change = visit.ask("billing", "preview_plan_change", plan=plan)
    except Conflict as error:
        visit.refusal, change = error, None
    return billing_page(visit, "billing/change_plan", change=change)


def change_plan(visit: Visit, plan: str) -> Response:
    """Take another plan at once."""
    change = visit.do("billing", "change_plan", plan=plan)
    return visit.go("/billing", visit.text("Your plan is %(name)s now.", name=change["name"]))


def show_licenses(visit: Visit) -> Response:
    """Show what so many licenses cost, at each level that is open to the firm (S1-09 .. S1-14)."""
    offers = _offers(visit)
    currencies = [(code, code) for code in offers["currencies"]]
    wanted = own_path(visit.typed("next") or visit.asked("next"))
    return billing_page(
        visit, "billing/licenses", offers=offers, currencies=currencies, wanted=wanted
    )


def order_licenses(visit: Visit) -> Response:
    """Order licenses, and go on where the reader wanted to; they exist from when they are paid."""
    order = visit.do(
        "billing",
        "order_licenses",
        quantity=whole(visit.typed("quantity")),
        level=visit.typed("level") or None,
        **_payment(visit),
    )
    return _ordered(visit, order, own_path(visit.typed("next")))


def whole(text: str) -> int | str:
    """Return a whole number that was typed; anything else as it is, for billing to refuse."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def _offers(visit: Visit) -> dict[str, Any]:
    """Return what the firm can buy; for one license where no such number can be bought."""
    quantity = visit.typed("quantity") or visit.asked("quantity") or "1"
    currency = visit.typed("currency") or visit.asked("currency") or None
    try:
        offers = visit.ask("billing", "list_offers", quantity=whole(quantity), currency=currency)
    except BadRequest as error:
        visit.refusal = error
        offers = visit.ask("billing", "list_offers")
    return dict(offers)


def _payment(visit: Visit) -> dict[str, Any]:
    return {
        "payment_method": visit.typed("payment_method"),
        "currency": visit.typed("currency") or None,
    }


def _ordered(visit: Visit, order: dict[str, Any], wanted: str = "") -> Response:
    if wanted:
        return visit.go(wanted, visit.text("Your order is placed. It counts once it is paid."))
    return visit.go(f"/billing/orders/{order['order_id']}", visit.text("Your order is placed."))


PAGES = (
    get("/billing/plans", show_plans),
    get("/billing/plans/<plan>", show_plan),
    post("/billing/plans/<plan>", subscribe, again=show_plan),
    get("/billing/plans/<plan>/change", preview_change),
    post("/billing/plans/<plan>/change", change_plan, again=preview_change),
    get("/billing/licenses", show_licenses),
    post("/billing/licenses", order_licenses, again=show_licenses),
)
