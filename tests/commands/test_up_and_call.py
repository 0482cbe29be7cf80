"""``chambers up`` in one terminal, ``chambers call`` in another."""

import json

import pytest

REGISTRATION = {
    "email": "anna@example.org",
    "password": "correct horse battery staple",
    "name": "Anna",
    "kind": "professional",
}


@pytest.fixture
def data(up):
    """Commands work on what runs."""
    return up


def test_a_running_system_can_be_called_from_another_process(chambers, data):
    (data / "anna.json").write_text(json.dumps(REGISTRATION))

    registered = chambers("call", "identity.register", "--json", "@anna.json")
    credentials = {name: REGISTRATION[name] for name in ("email", "password")}
    logged_in = chambers("call", "identity.log_in", "--json", "-", given=json.dumps(credentials))
    token = json.loads(logged_in.out)["access_token"]
    seen = chambers("call", "identity.who_am_i", CHAMBERS_TOKEN=token)

    assert json.loads(registered.out) == {"status": "check_mail"}
    assert seen.code == 0
    assert "anna@example.org" in seen.out


def test_a_refusal_exits_with_1_and_says_why_per_field(chambers):
    refused = chambers("call", "identity.register", "--json", '{"email": "x"}')
    stranger = chambers("call", "identity.who_am_i")
    unknown = chambers("call", "identity.dance")

    assert {ended.code for ended in (refused, stranger, unknown)} == {1}
    assert "email: Not a valid email address." in refused.err
    assert "password: Missing data for required field." in refused.err
    assert "token_missing" in stranger.err
    assert "unknown_method" in unknown.err


def test_the_operator_calls_under_a_key_of_its_own(chambers):
    fields = json.dumps({"payment_id": "00000000-0000-7000-8000-000000000000", "reference": "x"})

    ended = chambers("call", "billing.confirm_manual_payment", "--as", "operator", "--json", fields)

    assert ended.code == 1
    assert "not_found" in ended.err


def test_everything_made_is_its_owners_alone(data):
    made = [path for path in data.rglob("*") if path.suffix in (".db", ".sock", ".eml")]

    assert len(made) >= 6
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []
