"""A request to connect, opened by its link; and what a client has agreed to."""

from collections.abc import Callable
from typing import Any

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
    an_address,
    works_in,
)

ReadingAs = Callable[[Person], Reader]


@pytest.fixture(scope="module")
def firm(session_world: World) -> Firm:
    """A practice that asks clients; each test is about another record."""
    firm = a_firm(session_world)
    eventually(lambda: works_in(session_world, firm.founder) == firm.firm_id)
    return firm


def asked(world: World, firm: Firm, email: str) -> dict[str, Any]:
    """A request to that address, for a record of its own."""
    named = {"given_name": "Ann", "family_name": "Weiss"}
    client = firm.founder.call(world, "clients.create_client", **named)
    fields = {"client_id": client["client_id"], "email": email, "message": "For the calendar."}
    request: dict[str, Any] = firm.founder.call(world, "clients.request_connection", **fields)
    return request


def request_page(reader: Reader, world: World, email: str) -> Page:
    token = link_in(world.mail(email, "/connections"), "/connections")
    return reader.open(f"/connections?token={token}")


def test_somebody_without_an_account_opens_one_on_the_way_and_accepts(
    world: World, firm: Firm, reader: Reader
) -> None:
    email = an_address()
    asked(world, firm, email)
    page = request_page(reader, world, email)
    assert page.heading == f"{firm.founder.name} would like to connect with you"
    assert "For the calendar." in page.text
    assert "Ann Weiss" in page.text

    page = reader.follow("Open an account")
    assert page.heading == "Sign up as a client"
    reader.send("Sign up", name="Petra Parent", password=PASSWORD)
    opened(reader, world, email, "/verify-email")
    page = reader.send("Confirm my address", password=PASSWORD)
    assert page.path == "/connections"
    page = reader.send("Accept")

    assert page.notice.startswith("You are connected.")
    assert (page.path.partition("/portal/")[:2], page.heading) == (("", "/portal/"), "Ann Weiss")
    page = request_page(reader, world, email)
    assert (page.heading, page.alert) == ("You are connected", "You have accepted this already.")


def test_without_a_link_the_page_says_where_it_is(reader: Reader) -> None:
    page = reader.open("/connections")

    assert (page.status, page.heading) == (200, "No request is open here")


def test_a_client_declines_and_the_link_is_over(
    world: World, firm: Firm, reading_as: ReadingAs
) -> None:
    person = a_client_account(world)
    asked(world, firm, person.email)
    reader = reading_as(person)
    request_page(reader, world, person.email)

    page = reader.send("Decline")

    assert page.notice == "You have declined. Nothing is shared."
    assert "You are connected with nobody yet" in page.text
    page = request_page(reader, world, person.email)
    assert page.alert == "This request cannot be answered any more."


def test_a_request_is_answered_with_the_account_that_it_was_mailed_to(
    world: World, firm: Firm, reading_as: ReadingAs
) -> None:
    person = a_client_account(world)
    asked(world, firm, email := an_address())
    reader = reading_as(person)
    request_page(reader, world, email)

    page = reader.send("Accept")

    assert page.status == 403
    assert f"You are logged in as {person.email}. The request is for {email}." in page.text
    assert "Log in and answer" in reader.send("Use another account").text
    page = request_page(reading_as(firm.founder), world, email)
    assert "A request is answered with a client's account." in page.text
    assert page.forms[-2].action == "/log-out"


def test_an_ended_or_transferred_connection_is_ended_on_its_own_page(
    world: World, firm: Firm, reading_as: ReadingAs
) -> None:
    person = a_client_account(world)
    connection_id = asked(world, firm, person.email)["connection_id"]
    reader = reading_as(person)
    request_page(reader, world, person.email)
    reader.send("Accept")

    page = reader.open(f"/connections/{connection_id}")
    assert page.form("End the connection")
    page = reader.send("End the connection")

    assert page.notice == "The connection has ended. Nothing new is shared."
    assert "has ended" in reader.open(f"/connections/{connection_id}").text
    assert reading_as(a_client_account(world)).open(f"/connections/{connection_id}").status == 404
    assert reading_as(firm.founder).open(f"/connections/{connection_id}").status == 403
