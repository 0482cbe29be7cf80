import pytest

from chassis.errors import BadRequest, Conflict, RateLimited
from chassis.ids import uuid7
from services.identity.tests.builders.people import PASSWORD, an_email, at_once, register, said


def test_a_new_account_is_announced_once_and_in_full(world):
    ann = register(world, phone="+1 (555) 010-0199")

    (registered,) = said(world, "account_registered.v1", ann.account_id)

    assert registered == {
        "account_id": ann.account_id,
        "kind": "professional",
        "email": ann.email,
        "name": "Ann Lee",
        "phone": "+1 (555) 010-0199",
        "email_verified": False,
        "version": 1,
    }


def test_a_proven_address_in_any_spelling_gets_no_second_account_and_its_owner_is_told(world, ann):
    ann.verify()
    answer = world.call(
        "identity.register",
        email=ann.email.upper(),
        password="another password",
        name="Somebody Else",
        kind="client",
    )

    assert answer == {"status": "check_mail"}
    (repeated,) = said(world, "registration_repeated.v1", ann.account_id)
    assert repeated == {"account_id": ann.account_id, "email": ann.email, "name": "Ann Lee",
                        "email_verified": True}  # fmt: skip
    assert len(said(world, "account_registered.v1", ann.account_id)) == 1
    account = world.call("identity.who_am_i", as_=ann.token())
    assert (account["kind"], account["name"]) == ("professional", "Ann Lee")


def test_of_two_registrations_of_one_address_at_once_one_opens_the_account(world):
    email = an_email()

    def go(name):
        return world.call(
            "identity.register", email=email, password=PASSWORD, name=name, kind="client"
        )

    answers = at_once(*(lambda name=name: go(name) for name in ("Ann", "Bob", "Cid")))

    assert answers == [{"status": "check_mail"}] * 3
    found = register(world, email=email)
    assert len(said(world, "account_registered.v1", found.account_id)) == 1
    assert len(said(world, "verification_requested.v1", found.account_id)) == 3
    assert said(world, "registration_repeated.v1", found.account_id) == []


def test_the_same_registration_again_is_the_first_and_another_under_its_key_a_conflict(world):
    email, key = an_email(), str(uuid7())
    fields = {"email": email, "password": PASSWORD, "name": "Ann", "kind": "client"}

    first = world.call("identity.register", key=key, **fields)
    again = world.call("identity.register", key=key, **fields)

    assert first == again
    found = register(world, email=email)
    assert len(said(world, "verification_requested.v1", found.account_id)) == 1  # register()'s own
    with pytest.raises(Conflict) as refused:
        world.call("identity.register", key=key, **fields | {"password": "another password"})
    assert refused.value.code == "idempotency_key_reused"


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("email", "nobody", "email"),
        ("email", "ann@[127.0.0.1]", "email"),
        ("email", "a" * 250 + "@b.de", "email"),
        ("password", "too short", "password"),
        ("password", "x" * 2000, "password"),
        ("password", "nul\x00nul\x00nul\x00", "password"),
        ("name", " ", "name"),
        ("name", "Ann\nBcc: all", "name"),
        ("kind", "admin", "kind"),
        ("phone", "call me", "phone"),
        ("phone", "1" * 41, "phone"),
        ("email_verified", True, "email_verified"),
        ("name", "Claim your prize at www.evil.example/win NOW", "name"),
        ("name", "ceo@bank.example", "name"),
    ],
)
def test_a_bad_registration_is_refused_with_the_field_named(world, field, value, named):
    fields = {"email": an_email(), "password": PASSWORD, "name": "Ann", "kind": "client"}

    with pytest.raises(BadRequest) as refused:
        world.call("identity.register", **fields | {field: value})

    assert list(refused.value.details["fields"]) == [named]


@pytest.mark.proves("F107")
def test_mails_to_one_address_are_slowed_down_whether_or_not_it_is_known(world, ann):
    for email in (ann.email, an_email()):
        already = 1 if email == ann.email else 0  # the mail of the registration
        for _ in range(5 - already):
            world.call("identity.request_password_reset", email=email)
        with pytest.raises(RateLimited) as refused:
            world.call("identity.request_password_reset", email=email)
        assert refused.value.code == "too_many_attempts"
        assert 0 < refused.value.details["retry_after"] <= 60
        again = {"email": email, "password": PASSWORD, "name": "Ann", "kind": "client"}
        with pytest.raises(RateLimited):
            world.call("identity.register", **again)
    with pytest.raises(RateLimited):
        world.call("identity.resend_verification", as_=ann.token())


@pytest.mark.proves("F107", "F112")
def test_registering_somebody_elses_address_is_slowed_down_whatever_else_is_changed(world):
    local, _, domain = an_email().partition("@")
    taken = 0
    for number in range(30):
        email = f"{local.upper() if number % 2 else local}@{domain}"
        fields = {"password": f"{PASSWORD} {number}", "name": f"Ann {number}"}
        try:
            kind = ("client", "professional")[number % 2]
            world.call("identity.register", email=email, kind=kind, **fields)
        except RateLimited as refused:
            assert 0 < refused.details["retry_after"] <= 60
        else:
            taken += 1

    assert taken == 5
