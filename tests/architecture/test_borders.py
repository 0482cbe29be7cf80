"""Nothing but messages crosses a border between services."""

import pytest

from tests.architecture.purity import SHARED_RULES, is_pure, is_within, offences, top
from tests.architecture.sources import PACKAGES, SERVICES, package_files, place, service_files


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_imports_another(service):
    others = {*PACKAGES} - {service, "chassis"}

    assert offences(package_files(service), lambda name: top(name) in others) == []


def test_the_chassis_knows_no_service():
    assert offences(package_files("chassis"), lambda name: top(name) in SERVICES) == []


def test_the_onboarding_tools_are_clients_and_import_no_service():
    assert offences(package_files("onboarding"), lambda name: top(name) in SERVICES) == []


@pytest.mark.parametrize("rule", SHARED_RULES)
def test_a_shared_rule_is_as_pure_as_those_of_rooms(rule):
    own = f"services/chassis/{rule.replace('.', '/')}.py"
    paths = [path for path in package_files("chassis") if place(path) == own]

    assert len(paths) == 1
    assert offences(paths, lambda name: not (is_pure(name) or is_within(name, ("idna",)))) == []


def test_services_use_the_bus_only_through_the_chassis():
    stock = (
        "nameko.rpc",
        "nameko.events",
        "nameko.messaging",
        "nameko.standalone",
        "kombu",
        "amqp",
    )

    assert offences(service_files(), lambda name: name.startswith(stock)) == []
