"""Statements and receipts, on the page and as files."""

from collections.abc import Callable
from uuid import UUID

import pytest

from billing.orders import tables
from chassis.testing.world import eventually
from services.billing.tests.builders.months import next_month, pass_days, ring
from services.gateway.tests.reading import Page, Reader
from tests.support.practice import Firm, Person, a_firm, a_member

ReadingAs = Callable[[Person], Reader]


def listed(reader: Reader, path: str, count: int) -> Page:
    """The list, once it has so many rows that lead somewhere."""

    def look() -> Page | None:
        page = reader.open(path)
        rows = [to for _, to in page.links if to.startswith(f"{path}/")]
        return page if len(rows) == count else None

    return eventually(look)


def with_a_plan(world, reader: Reader) -> None:
    """The firm has changed its plan, so that something stands on the next statement."""
    reader.open("/billing/plans/pro_silver")
    reader.send("Order for US$199.00", payment_method="sandbox_ok")
    listed(reader, "/billing/receipts", 1)
    reader.open("/billing/plans/pro_gold/change")
    reader.send("Change to Pro Gold now")


def let_cards_fail(world, firm: Firm) -> None:
    """The card that worked last does no longer."""
    mine = tables.payments.update().where(tables.payments.c.firm_id == UUID(firm.firm_id))
    with world.transaction("billing") as tx:
        tx.session.execute(mine.values(method="sandbox_declined"))


def is_pdf(reader: Reader, name: str) -> bool:
    """Whether following the page's link gives that file, to keep and nothing else."""
    response = reader.follow("Download as PDF").response
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith(f"attachment; filename={name}")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_data().startswith(b"%PDF-")


@pytest.mark.proves("S1-61", "S1-62", "S1-65")
def test_a_month_is_paid_on_one_statement_and_its_receipt_goes_to_who_does_the_billing(
    world, reading_as: ReadingAs
) -> None:
    firm: Firm = a_firm(world)
    reader = reading_as(firm.founder)
    with_a_plan(world, reader)
    bea = a_member(world, firm, "billing_only")

    next_month(world)

    reader = reading_as(bea)
    page = listed(reader, "/billing/statements", 1)
    reader.open(next(to for _, to in page.links if to.startswith("/billing/statements/")))
    page = eventually(lambda: "Paid" in reader.open(reader.page.path).text and reader.page)
    assert page.heading.startswith("Statement 20")
    assert "Pro Gold subscription" in page.text
    number = page.heading.removeprefix("Statement ")
    assert is_pdf(reader, f"statement-{number}.pdf")

    page = listed(reader, "/billing/receipts", 2)
    newest, first = (to for _, to in page.links if to.startswith("/billing/receipts/"))
    page = reader.open(first)
    assert f"{firm.founder.name}, {firm.founder.email}" in page.text
    assert bea.email not in page.text
    page = reader.open(newest)
    assert f"{bea.name}, {bea.email}" in page.text
    assert firm.founder.email not in page.text
    assert is_pdf(reader, f"receipt-{page.heading.removeprefix('Receipt ')}.pdf")


def test_a_statement_that_is_overdue_says_so_wherever_somebody_buys_until_it_is_paid(
    world, reading_as: ReadingAs
) -> None:
    firm: Firm = a_firm(world)
    with_a_plan(world, reading_as(firm.founder))
    let_cards_fail(world, firm)
    next_month(world)
    reader = reading_as(firm.founder)
    eventually(lambda: "To be paid" in reader.open("/billing/statements").text)

    pass_days(world, 15)
    reader.log_in(firm.founder.email)
    says = "A statement is overdue."
    eventually(lambda: ring(world) or says in reader.open("/billing").text)

    reader.open("/billing/licenses")
    page = reader.send("Order 1 license for US$174.50", payment_method="sandbox_ok")
    assert (page.status, page.alert) == (409, "A statement is overdue. Please pay it first.")
    page = reader.follow("Open that order")
    assert "Cancel the order" not in page.text
    page = eventually(
        lambda: (
            any(form.buttons[0][0].startswith("Pay ") for form in reader.open(page.path).forms)
            and reader.page
        )
    )
    (button,) = (text for form in page.forms for text, _, _ in form.buttons if "Pay " in text)
    reader.send(button, payment_method="sandbox_ok")

    eventually(lambda: says not in reader.open("/billing").text)
    assert "Overdue" not in reader.open("/billing/statements").text
