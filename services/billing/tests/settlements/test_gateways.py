"""Which gateways there are to pay by."""

import pytest

from billing.settlements.gateways_before import OfferedGateways
from chassis.config import ConfigurationError


def test_methods_are_offered_of_the_configured_gateways_alone():
    offered = OfferedGateways({"gateways": " manual ", "sandbox_slow": 1.0})

    assert offered.methods == ["manual"]


@pytest.mark.parametrize("names", ["", " , ", "paypal", "manual,paypal"])
def test_a_gateway_that_does_not_exist_is_refused(names):
    with pytest.raises(
        ConfigurationError, match=r"billing\.gateways must name some of manual, sandbox"
    ):
        OfferedGateways({"gateways": names, "sandbox_slow": 1.0})
