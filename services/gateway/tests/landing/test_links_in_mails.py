"""What mails lead to is there, and is for whom the mail went to."""

import pytest
from werkzeug.routing import Map, Rule

from gateway.pages import table
from notifications.contents.pages import PAGES
from notifications.mails.letter import Kind
from tests.support.practice import Firm, a_firm

ABOUT = "01a2246f-b698-7189-a80a-37111ababfaf"
FACTS = {"about_id": ABOUT, "order_id": ABOUT, "paid_through": "2027-03-05", "token": "a-token"}
# Who may not be able to log in, or not yet.
ANYBODY = frozenset(
    {
        Kind.VERIFICATION,
        Kind.ALREADY_REGISTERED,
        Kind.PASSWORD_RESET,
        Kind.PASSWORD_CHANGED,
        Kind.EMAIL_CHANGE,
        Kind.EMAIL_CHANGE_ASKED,
        Kind.EMAIL_CHANGED,
        Kind.KIND_CHANGED,
        Kind.ACCOUNT_CLOSED,
        Kind.INVITATION,
        Kind.INVITATION_EXPIRING,
        Kind.CONNECTION_REQUEST,
    }
)
CLIENTS = frozenset({Kind.CONNECTION_TRANSFERRED})


@pytest.mark.parametrize("kind", Kind)
def test_the_link_of_a_mail_leads_to_a_page_of_its_reader(kind: Kind) -> None:
    pages = Map([Rule(page.path, methods=[page.verb], endpoint=page) for page in table.PAGES])
    path = PAGES[kind].path.format(**FACTS).partition("?")[0]
    reader = None if kind in ANYBODY else "client" if kind in CLIENTS else "professional"

    page, _ = pages.bind("chambers.example").match(path, "GET")

    assert page.admits(reader)


@pytest.fixture(scope="module")
def firm(session_world) -> Firm:
    return a_firm(session_world, licenses=1)


def test_a_mail_about_licenses_of_a_day_leads_to_what_becomes_or_became_of_them(
    world, reading_as, firm: Firm
) -> None:
    forecast = firm.founder.call(world, "groups.get_license_forecast")["items"]
    reader = reading_as(firm.founder)

    page = reader.open(f"/firm/licenses/{forecast[0]['date']}")
    assert (page.status, page.path) == (200, "/firm/licenses")
    page = reader.open("/firm/licenses/2020-01-31")
    assert (page.status, page.path) == (200, "/firm/licenses/history")
