"""Accounts that nobody proves in time, and their addresses."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.due import for_each_due
from chassis.errors import Unauthenticated
from chassis.testing.world import eventually
from identity.accounts import storage as accounts
from identity.links.tables import links
from identity.owners import acts
from services.identity.tests.builders.people import (
    an_email,
    closed,
    register,
    sign_up_beside,
)


def mailed(world, account_id, mails):
    """Wait until that many mails have their links, and none comes later to keep it waiting."""
    of_account = sa.select(sa.func.count()).where(links.c.account_id == UUID(account_id))

    def look():
        with world.transaction("identity") as tx:
            return tx.session.scalar(of_account) == mails

    eventually(look)


def lapse(world):
    for_each_due(world.database("identity"), accounts.lapsed, acts.lapse)


@pytest.mark.together
def test_an_account_that_nobody_proves_in_time_ends_and_its_address_is_free(world):
    email = an_email()
    unproven, proven = register(world, email=email), register(world).verify()
    mailed(world, unproven.account_id, 1)
    world.clock.advance(timedelta(days=3) - timedelta(minutes=1))
    lapse(world)
    assert closed(world, unproven.account_id) == []

    world.clock.advance(timedelta(minutes=2))
    lapse(world)

    (ended,) = eventually(lambda: closed(world, unproven.account_id))
    assert ended["reason"] == "unproven"
    assert closed(world, proven.account_id) == []
    with pytest.raises(Unauthenticated):
        unproven.log_in()
    assert register(world, email=email).account_id != unproven.account_id


@pytest.mark.together
@pytest.mark.parametrize("by", ["a further mail", "a further sign-up"])
def test_an_account_does_not_end_while_a_link_of_it_is_good(world, ann, by):
    mailed(world, ann.account_id, 1)
    world.clock.advance(timedelta(days=2))
    if by == "a further mail":
        ann.verification_token()
    else:
        sign_up_beside(world, ann.account_id, ann.email)
    mailed(world, ann.account_id, 2)
    world.clock.advance(timedelta(days=2))

    lapse(world)

    assert closed(world, ann.account_id) == []
    world.clock.advance(timedelta(days=1, minutes=1))
    lapse(world)
    assert len(closed(world, ann.account_id)) == 1
