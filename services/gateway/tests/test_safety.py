"""Requests of other sites, false hosts, tampered cookies, and where a login may lead."""

from collections.abc import Callable

import pytest
from werkzeug.test import Client

from chassis.testing.world import World
from gateway.application import Gateway
from gateway.pages.logins import own_path
from gateway.safety import HEADERS, Hosts
from gateway.sessions import CookieSealer
from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_firm

PATHS = ("/log-in", "/no-such-page", "/static/chambers.css", "/static/nothing", "/api/v1/nothing")


@pytest.fixture
def founder(world: World) -> Person:
    return a_firm(world).founder


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers_of_safety(reader: Reader, path: str) -> None:
    sent = reader.open(path).response.headers

    assert {name for name in HEADERS if name not in sent} == set()
    assert "'unsafe" not in sent["Content-Security-Policy"]
    assert sent["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "https://chambers.example.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://chambers.example"},
    ],
)
def test_a_form_of_another_site_does_nothing(
    founder: Person, reading_as: Callable[[Person], Reader], headers: dict[str, str]
) -> None:
    reader = reading_as(founder)

    refused = reader.client.post("/log-out", base_url=reader.home, headers=headers)

    assert refused.status_code == 403
    assert reader.open("/clients").path == "/clients"


def test_the_browsers_cookie_opens_no_route_of_the_api(
    founder: Person, reading_as: Callable[[Person], Reader]
) -> None:
    reader = reading_as(founder)

    assert reader.client.get("/api/v1/firm", base_url=reader.home).status_code == 401


def test_a_login_cookie_is_for_this_host_secure_and_not_for_scripts(
    founder: Person, reading_as: Callable[[Person], Reader]
) -> None:
    cookies = list(reading_as(founder).client._cookies.values())

    assert {"__Host-session", "__Host-device"} <= {one.key for one in cookies}
    for one in cookies:
        assert (one.secure, one.http_only, one.same_site, one.path) == (True, True, "Lax", "/")
        assert len(one.value) < 3_000


@pytest.mark.parametrize(
    "change", [lambda text: text[:-2] + "AA", lambda text: text[4:], str.lower]
)
def test_a_cookie_that_was_touched_is_none(
    founder: Person, reading_as: Callable[[Person], Reader], change: Callable[[str], str]
) -> None:
    reader = reading_as(founder)
    sealed = reader.client.get_cookie("__Host-session", domain="chambers.example")
    assert sealed is not None

    reader.client.set_cookie(
        "__Host-session", change(sealed.value), domain="chambers.example", secure=True
    )

    assert reader.open("/clients").path.startswith("/log-in")


def test_a_cookie_sealed_for_one_purpose_is_not_read_for_another() -> None:
    sealer = CookieSealer([b"one"])

    assert sealer.open("session", sealer.seal("notice", "hello")) is None
    assert sealer.open("notice", sealer.seal("notice", "hello")) == "hello"


def test_a_changed_key_reads_what_the_former_sealed_as_long_as_that_is_named() -> None:
    former = CookieSealer([b"one"]).seal("session", {"a": 1})

    assert CookieSealer([b"two", b"one"]).open("session", former) == {"a": 1}
    assert CookieSealer([b"two"]).open("session", former) is None


@pytest.mark.parametrize(
    "host",
    ["elsewhere.example", "chambers.example.elsewhere.example", "chambers.example:8443",
     "user@chambers.example", "127.0.0.1", "", "chambers.example/path"],
)  # fmt: skip
def test_a_host_that_is_not_ours_is_not_served(application: Gateway, host: str) -> None:
    answer = Client(application).get("/log-in", headers={"Host": host})

    assert answer.status_code == 421
    assert "elsewhere" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8001", "[::1]:8000"])
def test_at_home_every_name_of_this_machine_is_served(host: str) -> None:
    hosts = Hosts("http://localhost:8000")
    client = Client(Gateway(lambda *_, **__: None, CookieSealer([b"one"]), hosts))

    assert client.get("/log-in", headers={"Host": host}).status_code == 200
    assert client.get("/log-in", headers={"Host": "elsewhere.example"}).status_code == 421


@pytest.mark.parametrize(
    "wanted",
    ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere",
     "javascript:alert(1)", "/a\r\nSet-Cookie: a=b", "elsewhere.example", "", "/\tfirm", " /firm"],
)  # fmt: skip
def test_a_login_leads_to_no_other_site(wanted: str) -> None:
    assert own_path(wanted) == ""


@pytest.mark.parametrize("wanted", ["/firm", "/clients?search=a%20b&view=me", "/"])
def test_a_login_leads_to_any_page_of_ours(wanted: str) -> None:
    assert own_path(wanted) == wanted


@pytest.mark.parametrize(
    "path",
    ["/static/../service.py", "/static/%2e%2e/service.py", "/static//etc/passwd",
     "/static/..%2fservice.py", "/static/", "/static/chambers.css/.."],
)  # fmt: skip
def test_only_files_that_are_meant_to_be_are_served(application: Gateway, path: str) -> None:
    answer = Client(application).get(path, headers={"Host": "chambers.example"})

    assert answer.status_code == 404
    assert b"GatewayService" not in answer.data
