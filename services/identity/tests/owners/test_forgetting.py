from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.errors import Forbidden
from chassis.links import fingerprint
from identity.owners import storage
from identity.tables import metadata
from services.identity.tests.builders.people import register


class Undone(Exception):
    """Rolls a transaction back: forgetting is for everybody, and other tests go on."""


def test_what_has_been_over_for_a_month_is_forgotten_and_nothing_else(world, ann):
    login, verification, reset = ann.log_in(), ann.verification_token(), ann.reset_token()
    links, requests = metadata.tables["links"], metadata.tables["reset_requests"]
    refreshing, logins = metadata.tables["refresh_tokens"], metadata.tables["login_sessions"]
    rows = {
        "verification link": links.c.digest == fingerprint(verification),
        "reset link": links.c.digest == fingerprint(reset),
        "reset request": requests.c.account_id == UUID(ann.account_id),
        "refresh token": refreshing.c.digest == fingerprint(login["refresh_token"]),
        "login": logins.c.account_id == UUID(ann.account_id),
    }

    def left_after(tx, days):
        storage.forget_old(tx.session, tx.now + timedelta(days=days))
        return [
            name
            for name, row in rows.items()
            if tx.session.scalar(sa.select(sa.exists().where(row)))
        ]

    def check():
        with world.transaction("identity") as tx:
            assert left_after(tx, 13) == list(rows)
            assert left_after(tx, 29) == [*list(rows)[:3], "login"]
            assert left_after(tx, 32) == ["verification link", "login"]
            assert left_after(tx, 34) == ["login"]
            assert left_after(tx, 119) == ["login"]
            assert left_after(tx, 121) == []
            raise Undone

    with pytest.raises(Undone):
        check()


def test_a_service_reads_any_account_and_a_person_does_not(world, ann):
    found = world.call(
        "identity.get_account", as_=world.as_service("groups"), account_id=ann.account_id
    )

    assert found["email"] == ann.email
    assert set(found) >= {"kind", "name", "phone", "email_verified", "version"}
    for caller in (ann.token(), register(world).token()):
        with pytest.raises(Forbidden):
            world.call("identity.get_account", as_=caller, account_id=ann.account_id)
