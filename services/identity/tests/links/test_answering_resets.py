"""Requests for a reset link are answered one by one, whatever becomes of the others."""

from uuid import UUID

from chassis.testing.unreadable import unreadable
from chassis.testing.world import eventually
from identity.accounts.tables import accounts
from services.identity.tests.builders.people import register


def test_an_account_that_cannot_be_read_holds_up_nobodys_reset(world):
    first, second = register(world), register(world)
    of_first = accounts.c.id == UUID(first.account_id)

    with unreadable(world, "identity", accounts.c.kind, of_first):
        for each in (first, second):
            world.call("identity.request_password_reset", email=each.email)
        eventually(second.resets)
        assert first.resets() == []

    eventually(first.resets)
    assert (len(first.resets()), len(second.resets())) == (1, 1)
