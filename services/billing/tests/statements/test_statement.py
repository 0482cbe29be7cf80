from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from billing.charges.charge import Charge, ChargeKind, carried_over
from billing.orders.order import OrderKind, OrderStatus
from billing.statements.errors import PaymentOverdue
from billing.statements.statement import Step, order_for, statement_of
from services.billing.tests.builders.samples import context

NOW = datetime(2027, 4, 1, 0, 5, tzinfo=UTC)
FIRM = UUID(int=0xABCDEF12)


def a_charge(amount, made_at=datetime(2027, 3, 31, 23, 59, tzinfo=UTC)):
    return Charge(
        uuid4(), FIRM, ChargeKind.LICENSE_RENEWAL, str(uuid4()), "A license", amount, "EUR", made_at
    )


def a_statement(*amounts):
    return statement_of([a_charge(amount) for amount in amounts], "Ash", context(NOW))


def awaiting(statement):
    order = order_for(statement, context(NOW))
    statement.await_payment(order.id)
    order.status = OrderStatus.DECLINED
    return order


def test_a_charge_stands_on_the_statement_of_its_month_in_utc():
    assert a_charge(1).month == "2027-03"
    assert a_charge(1, NOW).month == "2027-04"


def test_the_total_is_the_sum_and_the_number_says_month_and_firm():
    statement = a_statement(9_950, 9_950, -500)

    assert (statement.total, statement.number) == (19_400, "2027-03-ABCDEF12")
    told = statement.issued([])
    assert (told.total, [line.amount for line in told.lines]) == (19_400, [9_950, 9_950, -500])


@pytest.mark.parametrize(("amounts", "total"), [((-1,), 0), ((5, -5), 0), ((5, -4), 1)])
def test_a_statement_never_falls_below_zero_and_the_rest_is_carried_over(amounts, total):
    statement = a_statement(*amounts)

    assert statement.total == total
    left = carried_over(statement.lines[-1], sum(amounts), statement.month, context(NOW))
    assert (left.amount, left.kind) == (sum(amounts), ChargeKind.CREDIT)


def test_its_order_has_one_line_over_all_of_it():
    order = order_for(a_statement(1_000, 2_000), context(NOW))

    assert (order.kind, order.total, order.plan, order.ordered_by) == (
        OrderKind.STATEMENT, 3_000, None, None,
    )  # fmt: skip


def test_unpaid_it_is_tried_again_reminded_of_and_suspends_after_fourteen_days():
    statement = a_statement(1_000)
    order = awaiting(statement)

    seen = []
    for _ in range(3):
        seen.append(statement.next_step_at - NOW)
        statement.advance(order)
        seen.append(statement.suspended)

    days = [timedelta(days=3), False, timedelta(days=7), False, timedelta(days=14), True]
    assert seen == days
    assert (statement.step, statement.next_step_at) == (Step.SETTLED, None)
    with pytest.raises(PaymentOverdue) as refused:
        statement.require_not_suspended()
    assert refused.value.details["total"] == 1_000


def test_paid_nothing_more_is_done_and_nothing_refused():
    statement = a_statement(1_000)
    order = awaiting(statement)
    order.status = OrderStatus.PAID

    assert statement.advance(order) is Step.SETTLED
    statement.require_not_suspended()
    assert statement.next_step_at is None


def test_a_statement_is_open_until_it_is_paid_whatever_was_done_about_it():
    statement = a_statement(9_950)
    assert not statement.is_open
    order = awaiting(statement)

    for step in (Step.RETRY, Step.REMIND, Step.SUSPEND):
        assert statement.is_open
        assert statement.advance(order) is step
    assert statement.is_open

    statement.settle()
    assert not statement.is_open
