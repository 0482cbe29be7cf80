"""An invitation's mail comes back: from the mail server's no to the list of members."""

import pytest

from chassis.keys import ensure
from chassis.testing.world import eventually, running
from services.groups.tests.builders.firms import a_firm, row
from services.notifications.tests.builders.post_office import post_office


@pytest.fixture(scope="module")
def sending(tmp_path_factory):
    """Groups and notifications, which sends by SMTP to a server that refuses some recipients."""
    with post_office(tmp_path_factory.mktemp("mail")) as office:
        settings = {
            "MAIL_TRANSPORT": "smtp",
            "MAIL_FROM": "Chambers <no-reply@chambers.example>",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(office.port),
            "SMTP_SECURITY": "none",
        }
        named = {f"CHAMBERS_NOTIFICATIONS_{key}": value for key, value in settings.items()}
        with running("embedded", ["groups", "notifications"], **named) as world:
            ensure(world.configuration.get("keys.directory"), ("identity", "billing"))
            yield world


@pytest.mark.proves("T17")
def test_a_refused_recipient_shows_as_failed_and_another_as_delivered(sending):
    admin = a_firm(sending, licenses=2)
    admin.invite(row("rcpt-550@example.org"), row("ben@example.org"))

    def shown():
        pending = {
            one["email"]: one["delivery"]
            for one in admin.call("list_members")["items"]
            if one["invitation_id"]
        }
        return all(one["state"] != "sending" for one in pending.values()) and pending

    found = eventually(shown)
    assert found["rcpt-550@example.org"]["state"] == "failed"
    assert "recipient" in found["rcpt-550@example.org"]["reason"]
    assert found["ben@example.org"]["state"] == "delivered"
