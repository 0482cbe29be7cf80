"""The pages about the HTTP API: everybody may read them, and nothing is left out."""

import json

import pytest

from gateway.api.application import FILE
from gateway.api.routes import PREFIX, ROUTES

SERVICES = sorted({route.service for route in ROUTES})


def test_the_first_page_has_every_route_and_leads_to_it(reader):
    reader.open("/log-in")
    page = reader.follow("HTTP API")

    said = {text for text, _ in page.links}
    assert page.heading == "HTTP API"
    assert {f"{route.verb} {PREFIX}{route.path}" for route in ROUTES} <= said
    pages = {service: reader.open(f"/api/{service}").response.text for service in SERVICES}
    led = [address.removeprefix("/api/") for _, address in page.links if "#" in address]
    found = [one.partition("#") for one in led if not one.startswith("#")]
    assert len(found) == len(ROUTES)
    assert [anchor for name, _, anchor in found if f'id="{anchor}"' not in pages[name]] == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_page_says_what_its_routes_take_and_answer(reader, service):
    text = reader.open(f"/api/{service}").text

    document = json.loads(FILE.read_text())
    for path, verbs in document["paths"].items():
        for verb, said in verbs.items():
            if said["tags"] != [service]:
                continue
            assert f"{verb.upper()} {path}" in text
            body = said.get("requestBody", {}).get("content", {}).get("application/json", {})
            fields = [*body.get("schema", {}).get("properties", ())]
            fields += [one["name"] for one in said["parameters"]]
            assert [name for name in fields if name not in text] == []


def test_a_field_in_a_list_is_named_with_its_kind_and_whether_it_must_be_there(reader):
    text = reader.open("/api/groups").text

    assert "people[].email string (email), 0-254 required" in text
    assert "people[].role admin , member , practitioner , billing_only required" in text
    assert "people[].message string or null, 0-2000" in text


def test_a_problem_points_to_what_is_said_about_it(reader, program_of):
    refused = program_of().ask("GET /clients").json

    page = reader.open(refused["type"].partition("#")[0])

    assert f'id="{refused["code"]}"' in page.response.text
    codes = json.loads(FILE.read_text())["x-problems"]
    assert [code for code in codes if f'id="{code}"' not in page.response.text] == []


def test_a_service_that_is_not_there_has_no_page(reader):
    assert reader.open("/api/nothing").status == 404
