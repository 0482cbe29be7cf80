"""The table of routes against what the services say of themselves."""

import json

import pytest
from openapi_spec_validator import validate

from chassis.contracts import reading
from gateway.api.application import FILE
from gateway.api.document import FIELD
from gateway.api.routes import PREFIX, ROUTES

PEOPLE = {"professional", "client", "public"}


@pytest.fixture(scope="module")
def document():
    return json.loads(FILE.read_text())


def test_every_message_that_a_person_may_send_has_a_route():
    open_to_people = {
        f"{name}.{spec.name}"
        for name, source in reading.installed().items()
        for spec in source.of_kind("command", "query")
        if spec.callers and spec.callers.kinds & PEOPLE
    }

    assert {route.target for route in ROUTES} == open_to_people


def test_the_document_is_a_valid_one(document):
    validate(document)


def test_a_route_stands_once_and_its_path_names_fields_of_its_message(document):
    assert len({(route.verb, route.path) for route in ROUTES}) == len(ROUTES)
    for route in ROUTES:
        operation = document["paths"][PREFIX + route.path][route.verb.lower()]
        in_path = [one["name"] for one in operation["parameters"] if one["in"] == "path"]
        assert in_path == FIELD.findall(route.path)


def test_what_changes_something_is_never_asked_for_by_get():
    sources = reading.installed()
    for route in ROUTES:
        spec = sources[route.service].method(route.message)
        assert route.verb != "GET" or spec.kind == "query", route


def test_tokens_and_passwords_never_stand_in_an_address(document):
    """Addresses are logged and remembered, on the way and at both ends."""
    for route in ROUTES:
        operation = document["paths"][PREFIX + route.path][route.verb.lower()]
        named = {one["name"] for one in operation["parameters"]}
        assert not {name for name in named if "token" in name or "password" in name}, route
