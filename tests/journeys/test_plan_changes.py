"""Another plan, and the licenses that follow it."""

import pytest

from chassis.testing.world import eventually
from tests.support.practice import a_firm


@pytest.mark.proves("S1-11")
def test_the_firms_licenses_take_the_level_of_the_plan_and_their_biography_says_so(world):
    firm = a_firm(world, licenses=1)
    founder = firm.founder
    order = founder.call(world, "billing.subscribe", plan="pro_silver", payment_method="sandbox_ok")

    def paid():
        found = founder.call(world, "billing.get_order", order_id=order["order_id"])
        return found["status"] == "paid"

    eventually(paid)

    founder.call(world, "billing.change_plan", plan="pro_gold")

    def changed():
        entries = founder.call(world, "groups.list_license_entries")["items"]
        return [one["by_name"] for one in entries if one["reason"] == "level_changed"]

    assert eventually(changed) == [founder.name]
