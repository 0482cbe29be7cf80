"""What mails about accounts, invitations and connections lead to is there."""

import pytest
from werkzeug.routing import Map, Rule

from gateway.pages import table
from notifications.contents.pages import PAGES
from notifications.mails.letter import Kind

ABOUT = "01a2246f-b698-7189-a80a-37111ababfaf"
MAILED = (
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
    Kind.CONNECTION_TRANSFERRED,
)


@pytest.mark.parametrize("kind", MAILED)
def test_the_link_of_a_mail_leads_to_a_page(kind: Kind) -> None:
    pages = Map([Rule(page.path, methods=[page.verb], endpoint=page) for page in table.PAGES])
    path = PAGES[kind].path.partition("?")[0].format(about_id=ABOUT)

    page, _ = pages.bind("chambers.example").match(path, "GET")

    assert page.verb == "GET"
