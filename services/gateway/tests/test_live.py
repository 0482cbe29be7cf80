"""The bell moves on open pages, and nothing hangs on a piece of news."""

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import eventlet
import orjson
import pytest

from chassis.keys import ensure
from chassis.runner import Runner
from chassis.testing.world import World, eventually, link_in
from chassis.web import WebServer
from gateway.service import GatewayService
from services.gateway.tests.reading import Reader
from tests.support.practice import PASSWORD, Person, a_client_account, a_firm

DAY = {"title": "A day", "text": "It went well.", "day": "2027-03-01"}
PATIENCE = 20.0


@contextmanager
def a_process(world: World) -> Iterator[WebServer]:
    """One process of the gateway: it listens, and hears news."""
    ensure(world.configuration.get("keys.directory"), ["gateway"])
    runner = Runner(world.configuration, [GatewayService])
    runner.start_checked()
    (web,) = (one for one in runner.container("gateway").dependencies if hasattr(one, "address"))
    try:
        yield web
    finally:
        assert runner.stop_bounded()


@pytest.fixture(scope="module")
def doors(session_world: World) -> Iterator[list[WebServer]]:
    with a_process(session_world) as one, a_process(session_world) as other:
        yield [one, other]


class OpenPage:
    """A page whose bell is live, at one process."""

    def __init__(self, web: WebServer, reader: Reader) -> None:
        self.line = http.client.HTTPConnection(*web.address, timeout=PATIENCE)
        host = reader.home.partition("//")[2]
        cookies = "; ".join(f"{one.key}={one.value}" for one in reader.client._cookies.values())
        self.line.request("GET", "/live/bell", headers={"Host": host, "Cookie": cookies})
        self.response = self.line.getresponse()

    def next(self) -> Any:
        """What the next event says; None at the end of the stream."""
        while line := self.response.readline():
            if line.startswith(b"data: "):
                return orjson.loads(line.removeprefix(b"data: "))["unseen"]
        return None


@pytest.fixture
def shared(world: World) -> tuple[Person, Person, str]:
    """A professional, their client's account, and the client that both see."""
    founder, parent = a_firm(world).founder, a_client_account(world)
    client_id = founder.call(world, "clients.create_client", given_name="Ann")["client_id"]
    founder.call(world, "clients.request_connection", client_id=client_id, email=parent.email)
    token = link_in(world.mail(parent.email, "/connections"), "/connections")
    parent.call(world, "clients.accept_connection", token=token)
    return founder, parent, client_id


def write(world: World, person: Person, client_id: str) -> None:
    person.call(world, "clients.write_entry", client_id=client_id, section="journal", content=DAY)


def test_what_a_client_writes_moves_the_bell_on_every_open_page(
    world: World,
    doors: list[WebServer],
    shared: tuple[Person, Person, str],
    reading_as: Callable[[Person], Reader],
) -> None:
    founder, parent, client_id = shared
    reader = reading_as(founder)
    pages = [OpenPage(web, reader) for web in doors]
    assert [page.next() for page in pages] == [0, 0]

    write(world, parent, client_id)
    told = [page.next() for page in pages]
    founder.call(world, "notifications.open_changes", client_id=client_id)
    after = [page.next() for page in pages]

    assert told == [1, 1]
    assert after == [0, 0]


def test_who_connects_again_is_told_what_was_missed(
    world: World,
    doors: list[WebServer],
    shared: tuple[Person, Person, str],
    reading_as: Callable[[Person], Reader],
) -> None:
    founder, parent, client_id = shared
    reader = reading_as(founder)
    first = OpenPage(doors[0], reader)
    assert first.next() == 0
    first.line.close()

    write(world, parent, client_id)
    eventually(lambda: founder.call(world, "notifications.get_bell")["unseen"])

    assert OpenPage(doors[1], reader).next() == 1


def test_a_process_that_stops_ends_its_open_pages_at_once(
    world: World, reading_as: Callable[[Person], Reader]
) -> None:
    reader = reading_as(a_firm(world).founder)
    with a_process(world) as web:
        page = OpenPage(web, reader)
        assert page.next() == 0
        ended = eventlet.spawn(page.next)

    with eventlet.Timeout(PATIENCE):
        assert ended.wait() is None


def test_a_process_that_stops_finishes_what_it_began_and_takes_nothing_new(
    world: World, reader: Reader
) -> None:
    form = urlencode({"email": a_firm(world).founder.email, "password": PASSWORD}).encode()
    with a_process(world) as web:
        address = web.address
        line = http.client.HTTPConnection(*address, timeout=PATIENCE)
        line.putrequest("POST", "/log-in", skip_host=True)
        for name, value in {
            "Host": reader.home.partition("//")[2],
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(form)),
        }.items():
            line.putheader(name, value)
        line.endheaders(form[:5])

        def finish() -> int:
            eventually(lambda: takes_nobody(address))
            line.send(form[5:])
            return line.getresponse().status

        finished = eventlet.spawn(finish)
        eventlet.sleep(0.1)  # the process has begun to read
        assert not takes_nobody(address)

    assert finished.wait() == 303


def takes_nobody(address: tuple[str, int]) -> bool:
    try:
        eventlet.connect(address).close()
    except ConnectionRefusedError:
        return True
    return False


def test_who_is_not_logged_in_is_told_nothing(doors: list[WebServer], reader: Reader) -> None:
    assert OpenPage(doors[0], reader).response.status == 303
