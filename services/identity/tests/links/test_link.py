from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chassis.links import fingerprint
from identity.links.errors import LinkExpired, LinkRevoked, LinkUsed
from identity.links.link import Link, Purpose

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


def a_link():
    return Link.issue("the token", uuid4(), Purpose.VERIFY_EMAIL, NOW, HOUR)


def test_a_link_keeps_only_the_digest_of_its_token():
    link = a_link()

    assert link.digest == fingerprint("the token")
    assert "the token" not in repr(link)


def test_a_link_can_be_spent_until_it_expires():
    a_link().spend(NOW + HOUR - INSTANT)

    with pytest.raises(LinkExpired):
        a_link().spend(NOW + HOUR)


def test_a_link_can_be_spent_once():
    link = a_link()
    link.spend(NOW)

    with pytest.raises(LinkUsed):
        link.spend(NOW)


def test_looking_at_a_link_does_not_spend_it():
    link = a_link()

    link.require_open(NOW)
    link.require_open(NOW)

    link.spend(NOW)


def test_a_revoked_link_cannot_be_spent():
    link = a_link()
    link.revoked_at = NOW

    with pytest.raises(LinkRevoked):
        link.spend(NOW)
