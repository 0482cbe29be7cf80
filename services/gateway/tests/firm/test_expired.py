"""Invitations that nobody accepted in time."""

from datetime import timedelta

from chassis.testing.world import eventually
from tests.support.practice import a_firm, an_address, invite, sign_in


def test_an_expired_invitation_stays_on_the_page_and_leads_to_a_new_one(world, reading_as) -> None:
    founder, address = a_firm(world, licenses=1).founder, an_address()
    sent = invite(world, founder, address)
    world.clock.advance(timedelta(days=15))
    with world.transaction("groups") as tx:
        tx.wake("end_overdue")
    reader = reading_as(sign_in(world, founder.email))

    page = eventually(lambda: _expired(reader.open("/firm")))

    assert address in page.text
    page = reader.open(f"/firm/invitations/{sent['invitation_id']}")
    assert "The link works no more" in page.text
    assert page.link("Invite anew") == "/firm/invite"
    assert not [text for form in page.forms for text, _, _ in form.buttons if text == "Send again"]


def _expired(page):
    return page if "Expired" in page.text else None
