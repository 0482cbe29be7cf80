"""What one screen shows of a firm's money, as it is bought, owed and paid."""

import pytest

from chassis.errors import Forbidden
from services.billing.tests.builders.months import Buyer, a_payer, let_statements_be_declined
from services.billing.tests.builders.practice import a_firm


def test_a_new_firm_has_a_trial_and_owes_nothing(world):
    shown = Buyer(world, method="").ask("get_billing_overview")

    assert (shown["plan_name"], shown["subscription"]["status"]) == ("Trial", "trial")
    assert (shown["licenses"], shown["unpaid"], shown["suspended"]) == (0, [], False)
    assert shown["open_account"] == {"count": 0, "total": 0, "newest": []}
    assert [one["charged"] for one in shown["months"]] == [0] * 12


def test_what_was_paid_stands_in_its_month_and_what_is_owed_on_the_open_account(world):
    shown = a_payer(world).ask("get_billing_overview")

    assert (shown["licenses"], shown["months"][-1]["charged"]) == (1, 9_950)
    assert (shown["open_account"]["count"], shown["open_account"]["total"]) == (1, 9_950)
    assert shown["open_account"]["newest"][0]["member_name"] == "Ben Okafor"
    assert shown["balance"]["charged"] == 9_950


def test_a_statement_that_is_declined_is_among_what_is_to_be_paid(world):
    late = a_payer(world)
    let_statements_be_declined(world, late)

    (order,) = late.ask("get_billing_overview")["unpaid"]

    (statement,) = late.statements()
    assert (order["order_id"], order["can"]) == (statement["order_id"], ["pay"])
    assert statement["open"]


@pytest.mark.together
def test_only_who_may_buy_sees_it(world):
    member = a_firm(world).member("member")

    with pytest.raises(Forbidden) as refused:
        world.call("billing.get_billing_overview", as_=member.token)

    assert refused.value.code == "buying_not_allowed"
