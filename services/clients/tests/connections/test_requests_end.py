"""Requests to be connected that nobody answered end by themselves."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from chassis.testing.unreadable import unreadable
from chassis.testing.world import eventually
from clients.connections.tables import connections
from clients.records import tables
from services.clients.tests.builders.linking import Parent, a_record, ask_for
from services.clients.tests.builders.practice import a_practice, said


def ring(world):
    world.database("clients").provider.wakeups["end_unanswered_requests"].ring()


def stages(world, client_id):
    mine = connections.c.client_id == UUID(client_id)
    with world.transaction("clients") as tx:
        return list(tx.session.scalars(sa.select(connections.c.stage).where(mine)))


def told(world, client_id):
    return [event["type"] for event in said(world, client_id)]


def test_requests_end_behind_one_that_fails_and_that_one_later(world):
    (member,) = a_practice(world, "member")
    asked = {}
    for _ in range(2):
        client_id = a_record(member)
        asked[ask_for(member, client_id, Parent(world))] = client_id
    first, second = (asked[connection_id] for connection_id in sorted(asked))
    of_first = tables.clients.c.client_id == UUID(first)

    with unreadable(world, "clients", tables.clients.c.status, of_first):
        world.clock.advance(timedelta(days=15))
        ring(world)
        eventually(lambda: stages(world, second) == ["expired"])
        assert stages(world, first) == ["requested"]

    ring(world)
    eventually(lambda: stages(world, first) == ["expired"])
    assert told(world, first)[-1] == told(world, second)[-1] == "client_changed.v1"
