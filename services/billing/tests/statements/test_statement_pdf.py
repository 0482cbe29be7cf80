"""Statements on paper, and both papers as notifications gets them for its mails."""

import base64

import pytest

from billing.charges.charge import Charge, ChargeKind
from billing.papers.pdf import render
from billing.statements.paper import paper_of
from billing.statements.statement import statement_of
from chassis.errors import Forbidden, NotFound
from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.billing.tests.builders.months import Buyer, a_year, charges, next_month
from services.billing.tests.builders.samples import NOW, context
from services.billing.tests.receipts.test_receipt_pdf import pages


def a_statement(*amounts):
    charged = [
        Charge(uuid7(), uuid7(), ChargeKind.PLAN_CHANGE, "s", f"Charge {n}", amount, "EUR", NOW)
        for n, amount in enumerate(amounts, 1)
    ]
    return statement_of(charged, "Ash & Partners", context(NOW))


def test_everything_that_a_statement_says_can_be_read():
    statement = a_statement(19_900, -900)
    (text,) = pages(render(paper_of(statement)))

    for part in (
        "Statement", "Ash & Partners", statement.number, "Month: 2026-03", "Date: 2026-03-01",
        "Charge 1", "199.00 EUR", "Charge 2", "-9.00 EUR", "Total: 190.00 EUR", "no receipt",
    ):  # fmt: skip
        assert part in text


def test_a_statement_of_nothing_asks_for_nothing():
    (text,) = pages(render(paper_of(a_statement(900, -1900))))

    assert "Total: 0.00 EUR" in text
    assert "Nothing is to be paid." in text


def a_month(world):
    buyer = Buyer(world)
    a_year(buyer)
    eventually(lambda: len(charges(buyer)) == 1)
    next_month(world)
    (statement,) = eventually(buyer.statements)
    return buyer, statement


def test_who_may_see_a_statement_gets_its_pdf_and_nobody_else(world):
    buyer, statement = a_month(world)
    asked, stranger = {"statement_id": statement["statement_id"]}, Buyer(world)

    answer = buyer.ask("get_statement_pdf", **asked)

    assert answer["file_name"] == f"statement-{statement['number']}.pdf"
    (text,) = pages(base64.b64decode(answer["content_base64"]))
    assert "Ben Okafor" in text
    with pytest.raises(NotFound) as unknown:
        stranger.ask("get_statement_pdf", **asked)
    assert unknown.value.code == "statement_not_found"


@pytest.mark.together
def test_mails_get_both_papers_of_the_firm_that_they_name(world):
    buyer, statement = a_month(world)
    (receipt, *_) = eventually(lambda: buyer.ask("list_receipts")["items"])
    papers = {
        "receipt": {"receipt_id": receipt["receipt_id"]},
        "statement": {"statement_id": statement["statement_id"]},
    }
    mine, other = {"firm_id": buyer.firm.firm_id}, {"firm_id": uuid7()}
    notifications = world.as_service("notifications")

    for noun, asked in papers.items():
        message = f"billing.enclose_{noun}"
        enclosed = world.call(message, as_=notifications, **asked, **mine)
        assert enclosed == buyer.ask(f"get_{noun}_pdf", **asked)
        with pytest.raises(NotFound):
            world.call(message, as_=notifications, **asked, **other)
        buyer.renew()
        with pytest.raises(Forbidden):
            world.call(message, as_=buyer.member.token, **asked, **mine)
