"""What owners do with their accounts: another name, address or kind, and the end of it."""

import pytest

from chassis.errors import BadRequest, ChassisError, Unauthenticated
from chassis.ids import uuid7
from services.identity.tests.builders.people import (
    PASSWORD,
    STRANGERS,
    closed,
    register,
    said,
)


@pytest.fixture
def ann(ann):
    """Their address is proven."""
    return ann.verify()


def who(world, token):
    return world.call("identity.who_am_i", as_=token)


def refused(call, kind=ChassisError):
    with pytest.raises(kind) as error:
        call()
    return error.value


# Name and phone


@pytest.mark.proves("F102")
def test_another_name_is_the_accounts_from_now_on_and_is_said(world, ann):
    token = ann.token()

    changed = world.call("identity.change_details", as_=token, name="Ann Meyer", phone="+49 30 1")

    assert changed == who(world, token)
    assert (changed["name"], changed["phone"]) == ("Ann Meyer", "+49 30 1")
    (event,) = said(world, "account_changed.v1", ann.account_id)
    assert (event["name"], event["version"]) == ("Ann Meyer", changed["version"])
    assert ann.log_in()["account"]["name"] == "Ann Meyer"


def test_what_is_not_said_stays_and_null_takes_the_phone_out(world, ann):
    token = ann.token()
    world.call("identity.change_details", as_=token, phone="+49 30 1234")

    assert world.call("identity.change_details", as_=token, name="A")["phone"] == "+49 30 1234"
    changed = world.call("identity.change_details", as_=token, phone=None)

    assert (changed["name"], changed["phone"]) == ("A", None)


def test_the_name_that_one_has_is_no_news(world, ann):
    before = who(world, ann.token())

    after = world.call("identity.change_details", as_=ann.token(), name="Ann Lee")

    assert after == before
    assert said(world, "account_changed.v1", ann.account_id) == []


@pytest.mark.parametrize("fields", [{}, {"name": None}, {"name": "\u200b"}, {"phone": "call me"}])
def test_nothing_and_no_name_are_refused(world, ann, fields):
    error = refused(lambda: world.call("identity.change_details", as_=ann.token(), **fields))

    assert isinstance(error, BadRequest)
    assert set(error.details["fields"]) == set(fields or {"name"})


# Kind


@pytest.mark.proves("F102")
def test_another_kind_is_a_new_account_with_the_address_and_the_password(world, ann):
    session = ann.token()

    fresh = world.call(
        "identity.change_kind", as_=session, kind="client", current_password=PASSWORD
    )

    assert fresh["account_id"] != ann.account_id
    assert (fresh["kind"], fresh["email"], fresh["name"]) == ("client", ann.email, "Ann Lee")
    assert ann.log_in()["account"] == fresh
    assert fresh["email_verified"]
    assert [one["reason"] for one in closed(world, ann.account_id)] == ["kind_changed"]
    (begun,) = said(world, "account_registered.v1", fresh["account_id"])
    assert (begun["kind"], begun["email_verified"]) == ("client", True)
    refused(lambda: who(world, session), Unauthenticated)


def test_the_kind_that_one_has_is_refused(world, ann):
    fields = {"kind": "professional", "current_password": PASSWORD}

    error = refused(lambda: world.call("identity.change_kind", as_=ann.token(), **fields))

    assert error.code == "kind_unchanged"
    assert closed(world, ann.account_id) == []


def test_who_has_not_proven_the_address_says_the_kind_with_its_link(world, stranger):
    fields = {"kind": "professional", "current_password": STRANGERS}

    error = refused(lambda: world.call("identity.change_kind", as_=stranger.token(), **fields))

    assert error.code == "email_not_verified"


def test_the_same_change_of_kind_again_under_its_key_makes_one_account(world, ann):
    token, key = ann.token(), str(uuid7())
    fields = {"kind": "client", "current_password": PASSWORD}

    first = world.call("identity.change_kind", as_=token, key=key, **fields)

    assert world.call("identity.change_kind", as_=token, key=key, **fields) == first


# The end


@pytest.mark.proves("F102")
def test_an_owner_closes_their_account(world, ann):
    here, there = ann.log_in(), ann.log_in()

    world.call("identity.close_account", as_=here["access_token"], current_password=PASSWORD)

    (event,) = closed(world, ann.account_id)
    assert (event["reason"], event["email"]) == ("by_owner", ann.email)
    refused(ann.log_in, Unauthenticated)
    for login in (here, there):
        refused(lambda login=login: who(world, login["access_token"]), Unauthenticated)
    assert register(world, email=ann.email).account_id != ann.account_id


@pytest.mark.parametrize("message", ["close_account", "change_kind"])
def test_what_ends_an_account_takes_its_password(world, ann, message):
    fields = {"current_password": "not the password"}
    if message == "change_kind":
        fields["kind"] = "client"

    error = refused(lambda: world.call(f"identity.{message}", as_=ann.token(), **fields))

    assert error.code == "email_or_password_wrong"
    assert closed(world, ann.account_id) == []
