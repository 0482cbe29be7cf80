"""Nothing but messages crosses a border between services."""

import sys

import pytest

from tests.architecture.sources import (
    PACKAGES,
    SERVICES,
    imports,
    package_files,
    place,
    service_files,
)

# Standard library that reads a clock, waits, or reaches outside: rules get such things handed in.
OUTSIDE = {"socket", "subprocess", "threading", "sqlite3", "random", "secrets", "os", "asyncio"}


def offences(paths, forbidden):
    return [
        f"{place(path)} imports {name}"
        for path in paths
        for name in imports(path)
        if forbidden(name)
    ]


def top(name):
    return name.partition(".")[0]


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_imports_another(service):
    others = {*PACKAGES} - {service, "chassis"}

    assert offences(package_files(service), lambda name: top(name) in others) == []


def test_the_chassis_knows_no_service():
    assert offences(package_files("chassis"), lambda name: top(name) in SERVICES) == []


def test_the_onboarding_tools_are_clients_and_import_no_service():
    assert offences(package_files("onboarding"), lambda name: top(name) in SERVICES) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_domain_rests_on_the_standard_library_its_errors_and_itself(service):
    def forbidden(name):
        allowed = top(name) in sys.stdlib_module_names and top(name) not in OUTSIDE
        return not (allowed or name.startswith(("chassis.errors", f"{service}.domain")))

    assert offences(package_files(service, "domain"), forbidden) == []


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
