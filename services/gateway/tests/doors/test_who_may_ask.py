"""Every route of the API, asked by everybody whom it is not for."""

from typing import Any
from uuid import uuid4

import pytest

from gateway.api.routes import PREFIX, ROUTES, Route
from services.gateway.tests.doors.visitors import Visitors, at, names_in
from tests.badinput.entrypoints import ENTRYPOINTS
from tests.badinput.stage import Stage, lasting
from tests.badinput.test_billing_only import CLOSED
from tests.badinput.valid import VALID


def spec(route: Route) -> str:
    return f"{route.verb} {route.path}"


def callers(route: Route) -> Any:
    return ENTRYPOINTS[route.target].spec.callers


def names_things(route: Route) -> bool:
    return any(name.endswith("_id") for name in names_in(route.path))


def every(rows: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("route", list(rows), ids=spec)


WITH_A_LOGIN = [route for route in ROUTES if not callers(route).public]
OF_PROFESSIONALS = [route for route in WITH_A_LOGIN if callers(route).kinds == {"professional"}]
OF_CLIENTS = [route for route in WITH_A_LOGIN if callers(route).kinds == {"client"}]
CLOSED_TO_BILLING_ONLY = [route for route in OF_PROFESSIONALS if route.target in CLOSED]


class Doors:
    """Sends each route its right request, in anybody's name."""

    def __init__(self, stage: Stage, visitors: Visitors) -> None:
        self._stage, self._visitors = stage, visitors

    def answer(self, route: Route, token: str | None, **others: Any) -> tuple[int, Any]:
        """The status, and what is said; ``others`` stand in the path instead of the firm's own."""
        fields, ids = VALID[route.target](self._stage), self._stage.home.ids
        in_path = {"from_member_id": ids["member_id"], **ids, **fields, **others}
        rest = {name: value for name, value in fields.items() if name not in names_in(route.path)}
        sent = {"query_string": rest} if route.verb == "GET" else {"json": rest}
        path = PREFIX + at(route.path, in_path)
        answer = self._visitors.program(route.verb, path, token, **sent)
        return answer.status_code, answer.get_json(silent=True)


@pytest.fixture(scope="module")
def doors(stage: Stage, visitors: Visitors) -> Doors:
    return Doors(stage, visitors)


@every(WITH_A_LOGIN)
def test_without_a_login_nothing_is_answered(doors, route):
    status, problem = doors.answer(route, None)

    assert (status, problem["code"]) == (401, "token_missing")


@every(WITH_A_LOGIN)
def test_a_login_that_is_over_opens_nothing(doors, stage, route):
    over = lasting(stage.world, stage.home.founder, lifetime=-60)

    status, problem = doors.answer(route, over)

    assert (status, problem["code"]) == (401, "token_expired")


@every(OF_PROFESSIONALS)
def test_a_client_account_is_kept_out_of_what_is_professionals(doors, stage, route):
    assert doors.answer(route, stage.parent.token)[0] == 403


@every(OF_CLIENTS)
def test_a_professional_is_kept_out_of_what_is_clients(doors, stage, route):
    assert doors.answer(route, stage.home.founder.token)[0] == 403


@every(CLOSED_TO_BILLING_ONLY)
def test_a_billing_only_member_is_kept_out_of_work(doors, stage, route):
    status, said = doors.answer(route, stage.bookkeeper.token)

    assert status in (403, 404) or said == {"items": [], "next_cursor": None}


@every(route for route in WITH_A_LOGIN if names_things(route))
def test_another_firms_thing_is_as_good_as_none(doors, stage, route):
    asking = stage.parent if route in OF_CLIENTS else stage.home.founder
    named, strangers = names_in(route.path), stage.stranger_ids()

    unknown = doors.answer(route, asking.token, **{name: str(uuid4()) for name in named})
    theirs = doors.answer(
        route, asking.token, **{name: strangers[name.removeprefix("from_")] for name in named}
    )

    assert theirs == unknown
    assert unknown[0] == 404 or unknown[1]["items"] == []
