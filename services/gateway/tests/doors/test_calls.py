"""A page costs what it asks of the services: one thing, beside the number at its head's bell."""

from typing import Any

import pytest

from chassis.testing.world import World
from chassis.web import ServiceCall
from gateway.application import build
from gateway.pages.table import PAGES
from services.gateway.tests.doors.visitors import Visitors, at, login
from tests.badinput.stage import Stage

BELL = "notifications.get_bell"
# Pages that ask for two things, and why one does not tell both.
ASK_TWICE = {
    "/clients/<uuid:client_id>": "whom the record is connected with stands in the list of these",
    "/clients/<uuid:client_id>/handovers": "the list of handovers does not name the client",
    "/firm/invitations/<uuid:invitation_id>": "what became of its mail is notifications'",
    "/firm/licenses": "the forecast is asked for beside what the firm has today",
    "/firm/members/<uuid:member_id>/remove": "what becomes of a person is told without their name",
    "/firm/members/<uuid:member_id>/role": "what a role means is told without the person's name",
    "/firm/members/<uuid:member_id>/billing/check": "so is what the handing over means",
    "/billing/orders/<uuid:order_id>": "ways to pay stand in the price list",
}
CHOSEN = {"/firm/members/<uuid:member_id>/role": {"role": "billing_only"}}
LOOKED_AT = [page for page in PAGES if page.verb == "GET"]


class Counted:
    """A way to the services that remembers what was asked for."""

    def __init__(self, call: ServiceCall) -> None:
        self._call = call
        self.asked: list[str] = []

    def __call__(self, service: str, method: str, fields: Any, **options: Any) -> Any:
        self.asked.append(f"{service}.{method}")
        return self._call(service, method, fields, **options)


@pytest.fixture(scope="module")
def counted(call: ServiceCall) -> Counted:
    return Counted(call)


@pytest.fixture(scope="module")
def here(session_world: World, counted: Counted, stage: Stage, application: Any) -> Visitors:
    configuration = session_world.configuration
    return Visitors(build(counted, configuration), configuration.get("public_url"))


@pytest.mark.parametrize("page", LOOKED_AT, ids=lambda page: page.path)
def test_a_page_asks_for_one_thing_beside_the_bell(stage, here, counted, page):
    counted.asked.clear()
    kind = "client" if page.who == "client" else "professional"
    session = login(stage.parent if kind == "client" else stage.home.founder, kind)
    named = {**stage.home.ids, "plan": "pro_silver", "service": "groups", "day": "2027-03-01"}

    answer = here.page("GET", at(page.path, named), session, query_string=CHOSEN.get(page.path))
    answer.close()

    others = [target for target in counted.asked if target != BELL]
    assert counted.asked.count(BELL) <= 1
    assert len(others) == 2 if page.path in ASK_TWICE else len(others) <= 1, others
