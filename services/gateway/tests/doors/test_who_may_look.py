"""Every page, asked for by everybody whom it is not for; and what it asks of the services."""

import dataclasses
import re
from collections.abc import Iterable
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from gateway.navigation import SETTINGS, is_below
from gateway.pages.page import Page
from gateway.pages.table import PAGES
from gateway.sessions import Session
from services.gateway.tests.doors.visitors import COOKIE, at, login, names_in
from tests.badinput.stage import Stage
from tests.support.practice import sign_in

ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
NAMED = {"plan": "pro_silver", "day": "2027-03-01"}
SECTION = {"section": "journal"}  # without one, a page of entries is none


def every(rows: Iterable[Page]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", list(rows), ids=lambda page: f"{page.verb} {page.path}")


def is_of_work(page: Page) -> bool:
    return page.who == "professional" and not any(is_below(one, page.path) for one in SETTINGS)


WITH_A_LOGIN = [page for page in PAGES if page.who != "anybody"]
OF_PROFESSIONALS = [page for page in PAGES if page.who == "professional"]
OF_CLIENTS = [page for page in PAGES if page.who == "client"]
OF_THINGS = [page for page in WITH_A_LOGIN if "_id>" in page.path]


@pytest.fixture(scope="module")
def founder(stage: Stage) -> Session:
    return login(stage.home.founder)


@pytest.fixture(scope="module")
def parent(stage: Stage) -> Session:
    return login(stage.parent, "client")


@pytest.fixture(scope="module")
def logged_out(stage: Stage) -> Session:
    """A login that was ended elsewhere, with a token that has to be exchanged."""
    person = sign_in(stage.world, stage.home.founder.email)
    person.call(stage.world, "identity.log_out")
    return login(person, lasts=0)


@pytest.fixture(scope="module")
def used_up(stage: Stage) -> Session:
    """A login whose refresh token somebody else has exchanged: so it is over for both."""
    person = sign_in(stage.world, stage.home.founder.email)
    stage.world.call("identity.refresh", refresh_token=person.refresh_token)
    return login(person, lasts=0)


def leads_to_login(answer: TestResponse) -> bool:
    return answer.status_code == 303 and answer.location.startswith("/log-in")


@every(WITH_A_LOGIN)
def test_without_a_login_a_page_leads_to_the_log_in_page(stage, visitors, page):
    assert leads_to_login(visitors.page(page.verb, at(page.path, stage.home.ids | NAMED)))


@pytest.mark.parametrize("over", ["logged_out", "used_up"])
@every(WITH_A_LOGIN)
def test_a_login_that_is_over_leads_there_too_and_is_forgotten(
    request, stage, visitors, page, over
):
    session = dataclasses.replace(
        request.getfixturevalue(over), kind="client" if page in OF_CLIENTS else "professional"
    )

    path = at(page.path, stage.home.ids | NAMED)
    said = {"query_string": SECTION} if page.verb == "GET" else {"data": SECTION}
    answer = visitors.page(page.verb, path, session, **said)

    assert leads_to_login(answer)
    assert f"{COOKIE}=;" in answer.headers["Set-Cookie"]


def test_a_login_that_is_over_finds_no_page_that_is_not_there(visitors, logged_out):
    assert leads_to_login(visitors.page("GET", "/no-such-page", logged_out))


@every(OF_PROFESSIONALS)
def test_a_client_account_is_kept_out_of_what_is_professionals(stage, visitors, parent, page):
    answer = visitors.page(page.verb, at(page.path, stage.home.ids | NAMED), parent)

    assert answer.status_code == 403


@every(OF_CLIENTS)
def test_a_professional_is_kept_out_of_what_is_clients(stage, visitors, founder, page):
    assert visitors.page(page.verb, at(page.path, stage.home.ids), founder).status_code == 403


@every(page for page in OF_PROFESSIONALS if is_of_work(page))
def test_a_billing_only_member_is_kept_out_of_work(stage, visitors, page):
    answer = visitors.page(
        page.verb, at(page.path, stage.home.ids | NAMED), login(stage.bookkeeper)
    )

    assert answer.status_code in ((403,) if page.verb == "GET" else (403, 404))


@every(OF_THINGS)
def test_another_firms_thing_is_as_good_as_none(stage, visitors, founder, parent, page):
    session = parent if page in OF_CLIENTS else founder

    def shown(ids: dict[str, str]) -> tuple[int, str]:
        answer = visitors.page(page.verb, at(page.path, ids), session)
        return answer.status_code, ID.sub("…", answer.get_data(as_text=True))

    unknown = shown({name: str(uuid4()) for name in names_in(page.path)})

    assert shown(stage.stranger_ids()) == unknown
    assert unknown[0] == 404
