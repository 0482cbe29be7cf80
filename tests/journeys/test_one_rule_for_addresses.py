"""Every door asks one rule about addresses and names, and what was taken can be mailed."""

import secrets
from uuid import uuid4

import pytest

from chassis import addresses
from chassis.addresses import to_wire
from chassis.errors import BadRequest
from chassis.testing.world import World, link_in, text_of
from tests.support.practice import (
    PASSWORD,
    Firm,
    a_client_account,
    a_firm,
    a_professional,
    an_address,
    invitation_token,
    invite,
    sign_in,
)

UNREACHABLE = {
    "quac\u212a@office.example": addresses.LOCAL_BEYOND_ASCII,
    "jos\u00e9@office.example": addresses.LOCAL_BEYOND_ASCII,
    "ann\u200b@office.example": addresses.INVISIBLE,
    "ann@i\u2764.example": addresses.NO_DOMAIN,
    "ann@office": addresses.MALFORMED,
    "ann@[127.0.0.1]": addresses.MALFORMED,
}
NOTHING_TO_SEE = ["\u200b", "\u3164", "\u2800", "\u00ad\u202e", "\ufe0f\u2060"]
BLANK = ["Must not be blank."]


@pytest.fixture(scope="module")
def firm(session_world: World) -> Firm:
    return a_firm(session_world)


def register(world: World, **fields):
    account = {"email": an_address(), "password": PASSWORD, "name": "Ann", "kind": "client"}
    return world.call("identity.register", **account | fields)


def refusal(call) -> tuple[str, dict[str, list[str]]]:
    with pytest.raises(BadRequest) as refused:
        call()
    return refused.value.code, refused.value.details["fields"]


def doors(world: World, firm: Firm, email: str):
    """Every message that takes an address, with the field that it is in."""
    who = firm.founder
    person = {"email": email, "name": "Ann", "role": "billing_only"}
    yield "email", lambda: register(world, email=email)
    yield "email", lambda: world.call("identity.log_in", email=email, password=PASSWORD)
    yield "email", lambda: world.call("identity.request_password_reset", email=email)
    yield (
        "people.0.email",
        lambda: who.call(world, "groups.invite_members", people=[person]),
    )
    yield (
        "people.0.email",
        lambda: who.call(world, "clients.preview_invitation", people=[person]),
    )
    yield (
        "emails.0",
        lambda: who.call(world, "clients.create_client", given_name="A", emails=[email]),
    )
    yield (
        "email",
        lambda: who.call(world, "clients.request_connection", client_id=str(uuid4()), email=email),
    )


@pytest.mark.proves("F101")
@pytest.mark.parametrize("email", UNREACHABLE, ids=ascii)
def test_every_door_refuses_what_mail_cannot_reach_for_the_same_reason(world, firm, email):
    why = UNREACHABLE[email]
    code = "invalid_request" if why == addresses.MALFORMED else "address_refused"

    for field, call in doors(world, firm, email):
        assert refusal(call) == (code, {field: [why]})
    row = {"row": 1, "given_name": "A", "emails": [email]}
    judged = firm.founder.call(world, "clients.preview_import", rows=[row])["rows"][0]
    assert (judged["verdict"], judged["fields"]) == ("refused", {"emails.0": [why]})


@pytest.mark.proves("F101")
def test_a_look_alike_takes_nothing_from_who_owns_the_address(world):
    name = secrets.token_hex(6)
    look_alike, owners = f"{name}quac\u212a@practice.example", f"{name}quack@practice.example"
    assert refusal(lambda: register(world, email=look_alike))[0] == "address_refused"

    person = a_professional(world, email=owners)
    world.call("identity.request_password_reset", email=owners.upper())

    assert person.email == owners
    assert world.mail(owners, "/reset-password")["To"].addresses[0].addr_spec == owners


@pytest.mark.proves("F103")
def test_mail_for_two_domains_goes_to_two_domains(world):
    name = secrets.token_hex(6)
    sharp, double = f"{name}@straße.example", f"{name}@strasse.example"

    for email in (sharp, double):
        a_professional(world, email=email)

    for email, domain in ((sharp, "xn--strae-oqa.example"), (double, "strasse.example")):
        sent = {mail["To"].addresses[0].addr_spec for mail in world.mails(email)}
        assert sent == {f"{name}@{domain}"}
        assert sign_in(world, email).email == email


@pytest.mark.proves("F103")
def test_whoever_proves_a_domain_in_either_spelling_is_who_was_asked(world, firm):
    name = secrets.token_hex(6)
    email = f"{name}@straße.example"
    invite(world, firm.founder, email, "billing_only")
    token = invitation_token(world, email)

    joining = a_professional(world, email=f"{name.upper()}@XN--STRAE-OQA.example")

    joining.call(world, "groups.accept_invitation", token=token)


@pytest.mark.proves("F101")
def test_a_mail_goes_to_the_address_as_it_was_registered(world):
    name = secrets.token_hex(6)
    registered = f"Ann.{name}@Köln.example"
    a_client_account(world, email=registered)

    world.call("identity.request_password_reset", email=f"ann.{name}@xn--kln-sna.EXAMPLE")

    mail = world.mail(registered, "/reset-password")
    assert mail["To"].addresses[0].addr_spec == to_wire(registered)
    assert link_in(mail, "/reset-password")


def name_doors(world: World, firm: Firm, name: str):
    """Messages that take a name, with the field that it is in."""
    who = firm.founder
    person = {"email": an_address(), "name": name, "role": "billing_only"}
    yield "name", lambda: register(world, name=name)
    yield "name", lambda: who.call(world, "groups.rename_firm", name=name)
    yield "people.0.name", lambda: who.call(world, "groups.invite_members", people=[person])
    for field in ("given_name", "family_name", "display_name"):
        yield field, lambda field=field: who.call(world, "clients.create_client", **{field: name})
    yield (
        "content.title",
        lambda: who.call(
            world,
            "clients.write_entry",
            client_id=str(uuid4()),
            section="messages",
            content={"title": name, "text": "a"},
        ),
    )


@pytest.mark.proves("F111")
@pytest.mark.parametrize("name", NOTHING_TO_SEE, ids=ascii)
def test_no_door_takes_a_name_of_which_nothing_can_be_seen(world, firm, name):
    for field, call in name_doors(world, firm, name):
        assert refusal(call) == ("invalid_request", {field: BLANK})
    row = {"row": 1, "given_name": name}
    judged = firm.founder.call(world, "clients.preview_import", rows=[row])["rows"][0]
    assert (judged["verdict"], judged["fields"]) == ("refused", {"given_name": BLANK})


@pytest.mark.proves("F118")
def test_an_encoded_word_in_a_name_is_mailed_as_it_was_typed(world):
    firm = a_firm(world)
    name = "=?utf-8?b?4oCua25hYiBydW9Z?="
    firm.founder.call(world, "groups.rename_firm", name=name)
    email = an_address()
    person = {"email": email, "name": "=?utf-8?q?Chambers_Support?=", "role": "billing_only"}

    firm.founder.call(world, "groups.invite_members", people=[person])

    mail = world.mail(email, "/invitations")
    assert name in mail["Subject"]
    assert mail["To"].addresses[0].display_name == person["name"]
    assert name in text_of(mail)


@pytest.mark.proves("F111")
def test_direction_marks_turn_no_name_around(world):
    person = a_professional(world, name="Ana \u202ereyeM\u061c")

    assert person.name == "Ana reyeM"
    world.call("identity.request_password_reset", email=person.email)
    mail = world.mail(person.email, "/reset-password")  # the first that names its owner
    assert mail["To"].addresses[0].display_name == "Ana reyeM"
