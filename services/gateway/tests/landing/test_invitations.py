"""An invitation's link, opened by whoever: each comes to join, or reads what to do instead."""

import secrets
from collections.abc import Callable

import pytest

from chassis.testing.world import World, eventually, link_in
from services.gateway.tests.landing.test_signing_up import opened
from services.gateway.tests.reading import Page, Reader
from tests.support.practice import (
    PASSWORD,
    Firm,
    Person,
    a_client_account,
    a_firm,
    a_joiner,
    a_professional,
    an_address,
    invitation_token,
    invite,
    overview_of,
    works_in,
)

ReadingAs = Callable[[Person], Reader]


@pytest.fixture(scope="module")
def firm(session_world: World) -> Firm:
    """A firm that can invite: each test invites somebody else."""
    firm = a_firm(session_world, licenses=8)
    firm.founder.call(session_world, "groups.rename_firm", name="Harbor Family Law")
    return firm


def offered(reader: Reader, world: World, firm: Firm, email: str) -> Page:
    """The page of a fresh invitation to that address."""
    invite(world, firm.founder, email, message="We would love to have you.")
    mail = world.mail(email, "Harbor Family Law")
    return reader.open(f"/invitations?token={link_in(mail, '/invitations')}")


@pytest.mark.proves("S1-31", "S1-33", "S1-34")
def test_somebody_without_an_account_opens_one_on_the_way_and_joins(
    world: World, firm: Firm, reader: Reader
) -> None:
    email = an_address()
    page = offered(reader, world, firm, email)
    assert page.path == "/invitations"
    assert "Harbor Family Law" in page.heading
    assert "We would love to have you." in page.text

    page = reader.follow("Open an account")
    assert page.heading == "Sign up as a professional"
    assert page.form("Sign up").fields["email"] == email
    reader.send("Sign up", name="Nora Neu", password=PASSWORD)
    opened(reader, world, email, "/verify-email")
    page = reader.send("Confirm my address", password=PASSWORD)
    assert (page.path, page.notice) == ("/invitations", "Your address is confirmed.")
    eventually(lambda: "What joining does" in reader.open("/invitations").text)
    page = reader.send("Join Harbor Family Law")

    assert page.path == "/firm"
    assert page.notice == "Welcome! You are a member of the firm now."


@pytest.mark.proves("S1-35", "S1-36", "S1-37")
def test_a_professional_reads_what_joining_does_and_joins_with_their_account(
    world: World, firm: Firm, reader: Reader, reading_as: ReadingAs
) -> None:
    person = a_professional(world)
    eventually(lambda: works_in(world, person))
    named = {"given_name": "Joan", "family_name": secrets.token_hex(4)}
    person.call(world, "clients.create_client", **named)
    offered(reader, world, firm, person.email)
    reader.follow("Log in and join")

    page = reader.send("Log in", email=person.email, password=PASSWORD)

    assert page.path == "/invitations"
    assert f"{firm.founder.name} comes to see 1 client of yours." in page.text
    assert "The firm pays for you." in page.text
    founder, search = reading_as(firm.founder), f"/clients?search={named['family_name']}"
    assert "No client fits" in founder.open(search).text
    token = invitation_token(world, person.email)
    page = reader.send("Join Harbor Family Law")
    assert page.path == "/firm"
    overview = overview_of(world, person)
    assert overview["firm"]["firm_id"] == firm.firm_id
    eventually(lambda: "Joan" in founder.open(search).text)
    page = reader.open(f"/invitations?token={token}")
    assert (page.heading, page.link("To the firm")) == ("You are in", "/firm")


@pytest.mark.proves("S1-29")
def test_a_client_is_told_that_members_are_professionals(
    world: World, firm: Firm, reading_as: ReadingAs
) -> None:
    person = a_client_account(world)
    reader = reading_as(person)

    page = offered(reader, world, firm, person.email)

    assert "Members of a firm are professionals." in page.text
    assert page.link("Become a professional") == "/account/kind"
    page = reader.send("Use another account")
    assert (page.path, page.link("Open an account")) == (
        "/invitations",
        "/sign-up?kind=professional",
    )


def test_an_invitation_to_another_address_says_to_which(
    world: World, firm: Firm, reading_as: ReadingAs
) -> None:
    person, email = a_professional(world), an_address()
    eventually(lambda: overview_of(world, person))
    reader = reading_as(person)

    page = offered(reader, world, firm, email)

    assert page.status == 403
    assert f"You are logged in as {person.email}. The invitation is for {email}." in page.text
    page = reader.send("Use another account")
    assert "Log in and join" in page.text


def test_who_works_in_another_firm_is_told_to_leave_it_first(
    world: World, firm: Firm, reading_as: ReadingAs
) -> None:
    member = a_joiner(world, a_firm(world, licenses=1))
    reader = reading_as(member)

    page = offered(reader, world, firm, member.email)

    assert "Leave it first" in page.text
    assert page.link("To your firm") == "/firm"


def test_who_has_not_confirmed_their_address_does_so_first_and_comes_back(
    world: World, firm: Firm, reader: Reader
) -> None:
    email = an_address()
    world.call(
        "identity.register", email=email, password=PASSWORD, name="Nora", kind="professional"
    )
    offered(reader, world, firm, email)
    reader.follow("Log in and join")
    page = reader.send("Log in", email=email, password=PASSWORD)
    assert page.path == "/verify-email?next=%2Finvitations"

    page = reader.open("/invitations")

    assert page.link("Confirm my address") == "/verify-email?next=/invitations"
    token = link_in(world.mail(email, "/verify-email"), "/verify-email")
    world.call("identity.verify_email", token=token, password=PASSWORD)
    assert reader.follow("Confirm my address").path == "/invitations"
    eventually(lambda: "What joining does" in reader.open("/invitations").text)


def test_links_that_do_nothing_any_more_say_why_and_what_to_do(
    world: World, firm: Firm, reader: Reader
) -> None:
    email = an_address()
    invitation = invite(world, firm.founder, email)
    old = invitation_token(world, email)
    one = {"invitation_id": invitation["invitation_id"]}
    firm.founder.call(world, "groups.resend_invitation", **one)
    page = reader.open(f"/invitations?token={old}")
    assert (page.status, page.alert) == (409, "The invitation was sent again since.")
    assert "newest mail" in page.text

    newest = eventually(lambda: _other(world, email, old))
    firm.founder.call(world, "groups.cancel_invitation", **one)
    page = reader.open(f"/invitations?token={newest}")
    assert page.alert == "This invitation was taken back."
    assert "invite you again" in page.text

    assert reader.open("/invitations?token=made-up").path == "/invitations"
    page = reader.page
    assert (page.status, page.alert) == (404, "There is no invitation behind this link.")
    assert reader.log_in(firm.founder.email).path == "/clients"


def test_without_a_link_the_page_says_where_it_is(reader: Reader) -> None:
    page = reader.open("/invitations")

    assert (page.status, page.heading) == (200, "No invitation is open here")


def _other(world: World, email: str, token: str) -> str:
    newest = invitation_token(world, email)
    return newest if newest != token else ""
