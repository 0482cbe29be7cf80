"""Events that nobody can handle, with good ones behind them."""

from uuid import uuid4

import pytest

from chassis.testing.world import eventually
from groups import tables as groups
from notifications import tables as notifications
from tests.support.practice import an_address

METADATA = {"groups": groups.metadata, "notifications": notifications.metadata}
SOON = 15  # seconds; the pauses of a bad one alone add up to hours


def registered(**other):
    return {
        "account_id": uuid4(), "email": an_address(), "name": "Ada Rossi", "kind": "professional",
        "phone": None, "email_verified": False, "version": 1, **other,
    }  # fmt: skip


def in_inbox(world, service, event_id):
    with world.transaction(service) as tx:
        inbox = METADATA[service].tables["inbox"]
        found = tx.session.execute(inbox.select().where(inbox.c.event_id == event_id)).all()
    return {row.state for row in found}


@pytest.mark.proves("F146")
@pytest.mark.parametrize("service", ["groups", "notifications"])
def test_good_events_are_handled_behind_bad_ones(world, service):
    bad_ones = [
        registered(name="Ada\0Rossi"),
        registered(name="x" * 100_000),
        registered(account_id="none"),
    ]
    bad_ids, good_ids = [], []
    for bad in bad_ones:
        subject = str(bad["account_id"])
        bad_ids.append(world.publish("identity", "account_registered.v1", bad, subject=subject))
        good_ids.append(world.publish("identity", "account_registered.v1", registered()))

    eventually(lambda: all(in_inbox(world, service, one) == {"done"} for one in good_ids), SOON)

    eventually(lambda: in_inbox(world, service, bad_ids[-1]) == {"dead"})
    eventually(lambda: all(in_inbox(world, service, one) for one in bad_ids))
