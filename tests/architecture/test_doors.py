"""Doors open the services to the outside: they have no rules, no tables, and know no service."""

import pytest

from chassis.doors import installed_doors
from tests.architecture.purity import offences, top
from tests.architecture.sources import DOORS, SERVICES, package_files

# What a service keeps and decides with.
NOT_FOR_DOORS = (
    "sqlalchemy",
    "alembic",
    "marshmallow",
    "chassis.changes",
    "chassis.database",
    "chassis.jobs",
    "chassis.messages",
    "chassis.outbox",
    "chassis.store",
    "chassis.transactions",
)
# Only the server knows how requests are served: pages run on any WSGI server with threads.
SERVERS = ("eventlet", "greenlet", "nameko", "kombu", "amqp")


@pytest.mark.parametrize("door", DOORS)
def test_a_door_imports_no_service(door):
    assert offences(package_files(door), lambda name: top(name) in SERVICES) == []


@pytest.mark.parametrize("door", DOORS)
def test_a_door_keeps_and_decides_nothing(door):
    assert offences(package_files(door), lambda name: name.startswith(NOT_FOR_DOORS)) == []


@pytest.mark.parametrize("door", DOORS)
def test_a_door_does_not_know_what_serves_it(door):
    assert offences(package_files(door), lambda name: name.startswith(SERVERS)) == []


def test_what_lies_there_as_a_door_is_installed_as_one():
    assert installed_doors() == DOORS


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_knows_a_door(service):
    assert offences(package_files(service), lambda name: top(name) in DOORS) == []
