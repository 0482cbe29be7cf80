"""A firm with which the jobs cannot deal holds up no other firm."""

import pytest

from billing.firms import tables
from chassis.testing.unreadable import unreadable
from chassis.testing.world import eventually
from services.billing.tests.builders.months import (
    a_payer,
    let_statements_be_declined,
    next_month,
    pass_days,
    ring,
    stages,
    tries,
)
from services.billing.tests.builders.practice import said


@pytest.fixture
def two(world):
    """Two firms with a charge each; the jobs come to the first of them first."""
    return sorted((a_payer(world), a_payer(world)), key=lambda buyer: buyer.firm.firm_id)


def statuses(buyer):
    told = said(buyer.world, "subscription_changed.v1", firm_id=buyer.firm.firm_id)
    return [one["status"] for one in told]


def without_subscription(buyer):
    """As long as this lasts, nobody can read the firm's subscription."""
    of_firm = tables.subscriptions.c.firm_id == buyer.firm.firm_id
    return unreadable(buyer.world, "billing", tables.subscriptions.c.status, of_firm)


def test_months_are_closed_behind_a_firm_that_fails_and_its_own_later(world, two):
    first, second = two
    with without_subscription(first):
        next_month(world)
        eventually(second.statements)
    assert first.statements() == []

    ring(world)
    eventually(first.statements)


def test_statements_are_chased_behind_a_firm_that_fails_and_its_own_later(world, two):
    first, second = two
    let_statements_be_declined(world, *two)
    pass_days(world, 3)
    for buyer in two:
        eventually(lambda buyer=buyer: tries(buyer) == 2)
    with without_subscription(first):
        pass_days(world, 4)
        eventually(lambda: stages(second) == ["reminder"])
        assert stages(first) == []

    ring(world)
    eventually(lambda: stages(first) == ["reminder"])


def test_subscriptions_end_behind_a_firm_that_fails_and_its_own_later(world, two):
    first, second = two
    of_first = tables.subscriptions.c.firm_id == first.firm.firm_id
    with unreadable(world, "billing", tables.subscriptions.c.plan, of_first):
        pass_days(world, 32)
        eventually(lambda: statuses(second) == ["trial", "trial_ended"])
        assert statuses(first) == ["trial"]

    ring(world)
    eventually(lambda: statuses(first) == ["trial", "trial_ended"])
