"""Requests for a connection go to people who have not asked: few from who does not pay."""

from datetime import timedelta

import pytest

from chassis import clock
from chassis.errors import BadRequest, Forbidden, RateLimited
from chassis.ids import uuid7
from services.clients.tests.builders.linking import Parent, a_record, refused
from services.clients.tests.builders.practice import a_practice, said
from tests.support.practice import PASSWORD, a_firm, a_professional, an_address, sign_in

TRIAL = 20  # mails a day, without paid licenses
SAME = 5  # of them to one address


@pytest.fixture(autouse=True)
def at_noon(world):
    """Far from the end of a day, in UTC, and before tokens are made."""
    now = clock.now()
    clock.advance(timedelta(days=1, hours=12 - now.hour, minutes=-now.minute))


def ask(member, client_id, email=None, **more):
    email = email or f"{uuid7().hex}@home.example"
    return member.call("request_connection", client_id=client_id, email=email, **more)


def limited(call):
    with pytest.raises(RateLimited) as refusal:
        call()
    assert refusal.value.code == "rate_limited"
    return refusal.value.details


@pytest.mark.proves("F112")
def test_a_firm_that_does_not_pay_asks_a_few_strangers_a_day(world):
    (member,) = a_practice(world, "member")
    clients = [a_record(member) for _ in range(TRIAL)]
    for client_id in clients:
        ask(member, client_id)

    details = limited(lambda: ask(member, clients[0]))

    assert (details["limit"], details["most"], details["left"]) == ("account", TRIAL, 0)
    clock.advance(timedelta(seconds=details["retry_after"]))
    member.__post_init__()  # its token is a day old
    ask(member, clients[0])


@pytest.mark.proves("F114")
def test_one_address_is_asked_a_few_times_a_day_by_whatever_records_and_members(world):
    one, other = a_practice(world, "member", "admin")
    email = f"{uuid7().hex}@home.example"
    clients = [a_record(one), a_record(other)]
    for turn in range(SAME):
        asked = ask((one, other)[turn % 2], clients[turn % 2], email)
        (one, other)[turn % 2].call("withdraw_connection", connection_id=asked["connection_id"])

    details = limited(lambda: ask(other, a_record(other), email.upper()))

    assert (details["limit"], details["most"]) == ("recipient", SAME)
    ask(other, clients[1])


def test_what_is_refused_changes_nothing(world):
    (member,) = a_practice(world, "member")
    client_id, email = a_record(member), f"{uuid7().hex}@home.example"
    for _ in range(SAME):
        last = ask(member, client_id, email)

    limited(lambda: ask(member, client_id, email))

    (connection,) = member.call("list_connections")["items"]
    assert connection["expires_at"] == last["expires_at"]
    assert len(said(world, client_id, "connection_requested.v1")) == SAME


@pytest.mark.together
def test_a_firm_that_pays_asks_more(world):
    founder = a_firm(world, licenses=1).founder
    new = {"given_name": "Ann", "family_name": "Weiss"}
    clients = [founder.call(world, "clients.create_client", **new) for _ in range(TRIAL + 1)]

    for client in clients:
        of = {"client_id": client["client_id"], "email": an_address()}
        founder.call(world, "clients.request_connection", **of)


@pytest.mark.proves("F112")
def test_an_unverified_account_asks_nobody(world):
    (member,) = a_practice(world, "member")
    client_id = a_record(member)
    member.token = world.as_person(
        account_id=member.account_id, email=member.email, name=member.name, verified=False
    )
    asked = {"client_id": client_id, "email": Parent(world).email}

    code = refused(Forbidden, member, "request_connection", **asked)

    assert code == "email_not_verified"
    assert said(world, client_id, "connection_requested.v1") == []


@pytest.mark.together
def test_who_has_just_verified_may_ask_by_a_token_from_before(world):
    ana = a_professional(world)
    before = {"account_id": ana.account_id, "email": ana.email, "name": ana.name}
    old = world.as_person(verified=False, **before)
    new = {"given_name": "Ann", "family_name": "Weiss"}
    client = ana.call(world, "clients.create_client", **new)

    of = {"client_id": client["client_id"], "email": an_address()}
    world.call("clients.request_connection", as_=old, **of)

    (told,) = said(world, client["client_id"], "connection_requested.v1")
    assert told["requested_by"] == {
        "name": ana.name, "email": ana.email, "email_verified": True,
    }  # fmt: skip


@pytest.mark.proves("F112")
def test_the_founder_who_never_verified_mails_nobody_by_any_door(world):
    email = an_address()
    registered = {"email": email, "password": PASSWORD, "name": "Max", "kind": "professional"}
    world.call("identity.register", **registered)
    max_ = sign_in(world, email)
    client = max_.call(world, "clients.create_client", given_name="Ann", family_name="Weiss")
    person = {"email": an_address(), "name": "Dear customer", "role": "billing_only"}
    doors = {
        "clients.request_connection": {"client_id": client["client_id"], "email": an_address()},
        "groups.invite_members": {"people": [{**person, "message": "Visit http://evil.example"}]},
        "clients.preview_invitation": {"people": [{**person}]},
    }

    for door, fields in doors.items():
        with pytest.raises(Forbidden) as refusal:
            max_.call(world, door, **fields)
        assert refusal.value.code == "email_not_verified"
    assert world.mails(person["email"]) == []


@pytest.mark.proves("F112")
def test_whom_a_request_greets_is_no_address(world):
    (member,) = a_practice(world, "member")
    client_id = a_record(member)

    with pytest.raises(BadRequest) as refusal:
        ask(member, client_id, name="Claim it at www.evil.example/win")

    assert list(refusal.value.details["fields"]) == ["name"]
    ask(member, client_id, name="Petra Parent")
