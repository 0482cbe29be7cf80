"""A browser's login: exchanged in time, once for all tabs, and over when identity says so."""

import dataclasses
import time
from collections.abc import Callable

import pytest

from chassis.testing.world import World
from gateway.application import Gateway
from gateway.sessions import EARLY, CookieSealer, Session
from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_firm

COOKIE = "__Host-session"
DOMAIN = "chambers.example"


@pytest.fixture
def reader(world: World, reading_as: Callable[[Person], Reader]) -> Reader:
    return reading_as(a_firm(world).founder)


@pytest.fixture
def sealer(application: Gateway) -> CookieSealer:
    return application._sealer


def kept(reader: Reader, sealer: CookieSealer) -> Session:
    cookie = reader.client.get_cookie(COOKIE, domain=DOMAIN)
    assert cookie is not None
    return Session(**sealer.open("session", cookie.value))


def near_its_end(reader: Reader, sealer: CookieSealer) -> Session:
    """The reader's session, with an access token that has to be exchanged before it is used."""
    session = dataclasses.replace(kept(reader, sealer), expires_at=time.time() + EARLY - 1)
    put(reader, sealer, session)
    return session


def put(reader: Reader, sealer: CookieSealer, session: Session) -> None:
    sealed = sealer.seal("session", dataclasses.asdict(session))
    reader.client.set_cookie(COOKIE, sealed, domain=DOMAIN, secure=True)


def test_a_token_near_its_end_is_exchanged_and_one_that_is_not_is_kept(
    reader: Reader, sealer: CookieSealer
) -> None:
    fresh = kept(reader, sealer)
    reader.open("/clients")
    assert kept(reader, sealer) == fresh

    near_its_end(reader, sealer)
    page = reader.open("/clients")

    assert page.path == "/clients"
    assert kept(reader, sealer).refresh_token != fresh.refresh_token


def test_two_tabs_that_exchange_at_once_do_not_end_the_login(
    reader: Reader, sealer: CookieSealer
) -> None:
    before = near_its_end(reader, sealer)
    reader.open("/clients")
    first = kept(reader, sealer)

    put(reader, sealer, before)  # the other tab sent its request before the first was answered
    reader.open("/clients")
    second = kept(reader, sealer)

    assert second == first
    put(reader, sealer, dataclasses.replace(second, expires_at=time.time()))
    assert reader.open("/clients").path == "/clients"


def test_a_login_that_was_ended_elsewhere_ends_here_at_the_next_exchange(
    world: World, reader: Reader, sealer: CookieSealer
) -> None:
    session = near_its_end(reader, sealer)
    world.call("identity.log_out", as_=session.access_token)

    page = reader.open("/clients")

    assert page.path == "/log-in?next=%2Fclients"
    assert reader.client.get_cookie(COOKIE, domain=DOMAIN) is None


def test_a_refused_token_is_as_good_as_none(reader: Reader, sealer: CookieSealer) -> None:
    put(reader, sealer, dataclasses.replace(kept(reader, sealer), access_token="no token"))

    assert reader.open("/clients").path.startswith("/log-in")


def test_a_cookie_of_another_release_asks_to_log_in(reader: Reader, sealer: CookieSealer) -> None:
    written = dataclasses.asdict(kept(reader, sealer)) | {"new_field": 1}
    sealed = sealer.seal("session", written)
    reader.client.set_cookie(COOKIE, sealed, domain=DOMAIN, secure=True)

    assert reader.open("/clients").path.startswith("/log-in")
