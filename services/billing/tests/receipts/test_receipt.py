from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.firms.events import Recipient
from billing.receipts.receipt import receipt_for, receipt_number
from services.billing.tests.builders.samples import NOW, an_order

FIRM = UUID("0190c8a0-0000-7000-8000-00007f3a19c2")


def test_a_number_names_year_firm_and_position():
    assert receipt_number(FIRM, 2026, 1) == "2026-7F3A19C2-0001"
    assert receipt_number(FIRM, 2026, 12_345) == "2026-7F3A19C2-12345"


def test_the_year_is_that_of_the_issue_in_utc():
    new_year = datetime(2027, 1, 1, tzinfo=UTC)

    receipt = receipt_for(an_order(firm_id=FIRM), uuid4(), uuid4(), 1, "Firm", [], new_year)

    assert receipt.number == "2027-7F3A19C2-0001"


@pytest.mark.proves("S1-14")
@given(st.integers(1, 1_000))
def test_a_receipt_says_what_the_order_cost(quantity):
    order = an_order(quantity=quantity)

    issued = receipt_for(order, uuid4(), uuid4(), 1, "Firm", [], NOW).issued()

    (line,) = issued.lines
    assert line.quantity == quantity
    assert line.amount == line.quantity * line.unit_amount == issued.total == order.total


def test_a_receipt_is_announced_with_its_recipients():
    people = [Recipient("Ada", "ada@firm.example"), Recipient("Bo", "bo@firm.example")]

    issued = receipt_for(an_order(), uuid4(), uuid4(), 1, "Firm", people, NOW).issued()

    assert issued.recipients == people
    assert (issued.firm_name, issued.currency) == ("Firm", "USD")
