"""Logging in through the page."""

from collections.abc import Callable

from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_firm


def test_a_professional_logs_in_and_comes_to_the_clients(world, reader: Reader) -> None:
    founder = a_firm(world).founder

    page = reader.log_in(founder.email)

    assert (page.status, page.path, page.heading) == (200, "/clients", "Clients")
    assert founder.name in page.text


def test_a_wrong_password_is_told_in_words_and_the_address_stays(world, reader: Reader) -> None:
    founder = a_firm(world).founder

    page = reader.log_in(founder.email, "not the password at all")

    assert page.status == 401
    assert page.alert
    assert page.form("Log in").fields["email"] == founder.email
    assert reader.open("/clients").path == "/log-in?next=%2Fclients"


def test_who_is_asked_to_log_in_comes_to_where_they_wanted_to_be(world, reader: Reader) -> None:
    founder = a_firm(world).founder
    reader.open("/clients?search=weiss")

    page = reader.send("Log in", email=founder.email, password="correct horse battery staple")

    assert page.path == "/clients?search=weiss"


def test_after_logging_out_pages_ask_to_log_in(
    world, reading_as: Callable[[Person], Reader]
) -> None:
    reader = reading_as(a_firm(world).founder)

    page = reader.send("Log out")

    assert (page.path, page.notice) == ("/log-in", "You are logged out.")
    assert reader.open("/clients").path.startswith("/log-in")
