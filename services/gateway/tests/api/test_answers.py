"""What programs are answered, and how they are refused."""

import pytest

from tests.support.practice import a_client_account, a_firm, buy_licenses

ANN = {"given_name": "Ann", "family_name": "Weiss"}


@pytest.fixture
def firm(world):
    return a_firm(world)


def test_a_client_is_made_read_and_changed_on_the_version_that_was_read(program_of, firm):
    program = program_of(firm.founder)

    made = program.send("POST /clients", **ANN)
    path = f"/clients/{made.json['client_id']}"
    changed = program.send(f"PATCH {path}", {"If-Match": made.headers["ETag"]}, given_name="Anna")
    late = program.send(f"PATCH {path}", {"If-Match": made.headers["ETag"]}, given_name="Anne")

    assert made.status_code == 201
    assert (changed.status_code, changed.json["name"]) == (200, "Anna Weiss")
    assert (late.status_code, late.json["code"]) == (409, "client_changed_meanwhile")
    assert program.ask(f"GET {path}").headers["ETag"] == changed.headers["ETag"]


def test_pages_are_followed_by_their_links(program_of, firm):
    program = program_of(firm.founder)
    for number in range(5):
        program.send("POST /clients", given_name="Ann", family_name=f"Weiss {number}")

    names, path = [], "/clients?limit=2&search=Weiss"
    while path:
        page = program.ask(f"GET {path}")
        names += [row["name"] for row in page.json["items"]]
        path = page.headers.get("Link", "").partition(">")[0].removeprefix("<")

    assert names == [f"Ann Weiss {number}" for number in range(5)]


def test_a_key_makes_one_client_of_a_request_that_is_sent_twice(program_of, firm):
    program, key = program_of(firm.founder), {"Idempotency-Key": "first-client"}

    first = program.send("POST /clients", key, **ANN)
    again = program.send("POST /clients", key, **ANN)
    other = program.send("POST /clients", key, given_name="Bob")

    assert again.json == first.json
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")


def test_what_is_wrong_is_pointed_at_field_by_field(program_of, firm):
    refused = program_of(firm.founder).send(
        "POST /invitations", people=[{"name": "Bo", "email": "no address", "role": "member"}]
    )

    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert [error["pointer"] for error in refused.json["errors"]] == ["/people/0/email"]
    assert refused.json["type"] == f"/api/problems#{refused.json['code']}"


def test_without_a_token_and_with_a_false_one_nobody_gets_in(program_of):
    nobody = program_of()
    missing = nobody.ask("GET /clients")
    false = nobody.ask("GET /clients", {"Authorization": "Bearer nothing.of.ours"})

    assert (missing.status_code, missing.json["code"]) == (401, "token_missing")
    assert missing.headers["WWW-Authenticate"] == "Bearer"
    assert (false.status_code, false.json["code"]) == (401, "token_invalid")


def test_a_client_account_is_kept_out_of_the_practice(world, program_of):
    refused = program_of(a_client_account(world)).ask("GET /clients")

    assert refused.status_code == 403


def test_a_paper_comes_as_a_file(world, program_of, firm):
    buy_licenses(world, firm.founder, 1)
    program = program_of(firm.founder)
    (receipt, *_) = program.ask("GET /billing/receipts").json["items"]

    paper = program.ask(f"GET /billing/receipts/{receipt['receipt_id']}/pdf")

    assert paper.content_type == "application/pdf"
    assert paper.data.startswith(b"%PDF-")
    assert paper.headers["Content-Disposition"].startswith("attachment; filename=")
    assert paper.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("what", "options", "status", "code"),
    [
        ("GET /nothing", {}, 404, "not_found"),
        ("PUT /clients", {}, 405, "method_not_allowed"),
        ("GET /clients?limit=2&limit=3", {}, 422, "invalid_request"),
        ("GET /clients?limit=many", {}, 422, "invalid_request"),
        ("GET /clients?colour=red", {}, 422, "invalid_request"),
        ("GET /clients/no-id", {}, 422, "invalid_request"),
        ("POST /clients", {"data": "{", "content_type": "application/json"}, 400, "bad_request"),
        ("POST /clients", {"data": "[]", "content_type": "application/json"}, 400, "bad_request"),
        ("POST /clients", {"data": "a=b"}, 415, "unsupported_media_type"),
        ("POST /clients", {"data": b"x" * 3_000_000}, 413, "request_entity_too_large"),
        ("POST /clients", {"headers": {"Idempotency-Key": "ä"}}, 422, "malformed_header"),
        ("PATCH /clients/x", {"headers": {"If-Match": "*"}}, 422, "malformed_header"),
    ],
)
def test_what_is_no_request_of_ours_is_told_as_a_problem(
    program_of, firm, what, options, status, code
):
    refused = program_of(firm.founder).ask(what, **options)

    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert refused.json["status"] == status
    assert refused.content_type == "application/problem+json"
    assert (status == 405) == ("Allow" in refused.headers)


def test_a_field_stands_in_one_place_only(program_of, firm):
    program = program_of(firm.founder)
    made = program.send("POST /clients", **ANN)

    refused = program.send(f"PATCH /clients/{made.json['client_id']}", client_id="another")

    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/client_id")
