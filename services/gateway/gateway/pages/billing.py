"""What a firm pays for, owes and has paid, and what stands on its next statement."""

from typing import Any

from werkzeug.wrappers import Response

from gateway.pages.billing_words import BillingWords
from gateway.pages.page import get
from gateway.visits import Visit

PER_PAGE = 50
TALLEST = 100  # units of the picture that the highest bar has


def show_billing(visit: Visit) -> Response:
    """Show the subscription, what is to be paid, and what was paid by month."""
    money = visit.ask("billing", "get_billing_overview")
    return billing_page(
        visit,
        "billing/overview",
        money=money,
        bars=bars(money["months"]),
        paid=sum(one["charged"] for one in money["months"]),
    )


def show_charges(visit: Visit) -> Response:
    """List what will stand on the next statement."""
    found = visit.ask("billing", "list_charges", **one_page(visit))
    return billing_page(visit, "billing/charges", found=found)


def show_payers(visit: Visit) -> Response:
    """List whom the firm pays for, since when and until when (S1-38, S1-39)."""
    found = visit.ask("billing", "list_payers", **one_page(visit))
    return billing_page(visit, "billing/payers", found=found)


def billing_page(visit: Visit, template: str, **values: Any) -> Response:
    """Return a page of billing, with the words for its codes."""
    return visit.page(template, say=BillingWords(visit.text), **values)


def one_page(visit: Visit) -> dict[str, Any]:
    """Return which page of a list is asked for."""
    return {"cursor": visit.cursor, "limit": PER_PAGE}


def bars(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each month with the height of its bar; the dearest month is the tallest."""
    most = max((one["charged"] for one in months), default=0)
    return [
        {**one, "height": round(TALLEST * one["charged"] / most) if most else 0} for one in months
    ]


PAGES = (
    get("/billing", show_billing),
    get("/billing/charges", show_charges),
    get("/billing/payers", show_payers),
)
