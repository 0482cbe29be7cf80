"""Who sees a firm's money, and who is not even shown the way."""

from collections.abc import Callable

import pytest

from chassis.ids import uuid7
from chassis.testing.world import eventually
from services.gateway.tests.reading import Reader
from tests.support.practice import Firm, Person, a_client_account, a_firm, a_member

ReadingAs = Callable[[Person], Reader]
PAGES = (
    "/billing", "/billing/charges", "/billing/payers", "/billing/plans", "/billing/plans/teams",
    "/billing/licenses", "/billing/orders", "/billing/statements", "/billing/receipts",
)  # fmt: skip


@pytest.fixture(scope="module")
def firm(session_world) -> Firm:
    return a_firm(session_world, licenses=1)


@pytest.mark.proves("S1-38", "S1-66")
def test_a_billing_only_member_finds_all_of_it_and_whom_the_firm_pays_for(
    world, reading_as: ReadingAs, firm: Firm
) -> None:
    bea = a_member(world, firm, "billing_only")
    reader = reading_as(bea)

    statuses = {path: reader.open(path).status for path in PAGES}

    assert statuses == dict.fromkeys(PAGES, 200)
    page = eventually(lambda: bea.name in reader.open("/billing/payers").text and reader.page)
    assert f"{bea.name} Billing only" in page.text
    assert "needs none" in page.text
    assert "goes on" in page.text
    led = [to for _, to in page.links]
    assert {"/firm", "/billing"} <= set(led)
    assert "/clients" not in led


def test_a_plain_member_is_shown_no_way_there_and_refused_in_words(
    world, reading_as: ReadingAs, firm: Firm
) -> None:
    reader = reading_as(a_member(world, firm))

    page = reader.open("/clients")
    assert "/billing" not in [to for _, to in page.links]

    for path in PAGES:
        page = reader.open(path)
        assert (path, page.status) == (path, 403)
        assert page.alert.startswith("Only admins and billing-only members see and do this.")


def test_nobody_and_clients_are_kept_out(world, reader: Reader, reading_as: ReadingAs) -> None:
    assert reader.open("/billing/orders").path == "/log-in?next=%2Fbilling%2Forders"

    client = reading_as(a_client_account(world))
    assert {client.open(path).status for path in PAGES} == {403}


def test_what_is_empty_says_what_comes_and_another_firm_s_papers_are_not_there(
    world, reading_as: ReadingAs, firm: Firm
) -> None:
    order = firm.founder.call(world, "billing.list_orders")["items"][0]["order_id"]
    reader = reading_as(a_firm(world).founder)

    for path, says in (
        ("/billing", "Nothing was paid in the last 12 months."),
        ("/billing/charges", "Nothing is on the next statement"),
        ("/billing/payers", "The firm pays for nobody yet"),
        ("/billing/orders", "You have ordered nothing yet"),
        ("/billing/statements", "There is no statement yet"),
        ("/billing/receipts", "There is no receipt yet"),
    ):
        page = reader.open(path)
        assert page.status == 200
        assert says in page.text

    for path in (
        f"/billing/orders/{order}",
        f"/billing/receipts/{uuid7()}/pdf",
        f"/billing/statements/{uuid7()}",
        "/billing/orders/1",
        "/billing/plans/trial",
    ):
        assert reader.open(path).status == 404
