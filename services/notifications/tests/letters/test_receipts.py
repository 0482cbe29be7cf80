"""Receipts in the mail, from the purchase on, with the real services on both stacks."""

import pytest

from chassis.errors import ChassisError
from chassis.testing.world import eventually, text_of
from services.notifications.tests.builders.asking import settled
from tests.support.practice import a_firm, a_member, buy_licenses


def receipts_to(world, person):
    return [text_of(mail) for mail in world.mails(person.email) if "Receipt" in mail["Subject"]]


@pytest.mark.proves("S1-61")
def test_without_a_billing_only_member_the_admins_get_the_receipt(world):
    firm = a_firm(world, licenses=2)

    (receipt,) = eventually(lambda: receipts_to(world, firm.founder))

    (written,) = firm.founder.call(world, "billing.list_receipts")["items"]
    assert written["number"] in receipt
    assert (
        f"{written['total'] // 100}.{written['total'] % 100:02d} {written['currency']}" in receipt
    )


@pytest.mark.proves("S1-62", "S1-65")
def test_with_a_billing_only_member_that_member_gets_it_and_the_admins_do_not(world):
    firm = a_firm(world)
    keeper = a_member(world, firm, "billing_only")
    eventually(lambda: known_to_billing(world, keeper))

    buy_licenses(world, firm.founder, 1)

    eventually(lambda: receipts_to(world, keeper))
    settled(world, keeper.email)
    assert receipts_to(world, firm.founder) == []


def known_to_billing(world, person):
    try:
        return person.call(world, "billing.list_receipts") is not None
    except ChassisError:
        return False
