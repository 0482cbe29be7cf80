"""Events of the shop that its bus loses, and what is known of who has received the others."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from chassis import heard, outbox
from chassis.testing.world import World
from services.chassis.tests.shop import OrderPlaced, entries

MINUTE = timedelta(minutes=1)
LISTENING = {"order_placed.v1": [("ledger", "on_order_placed")]}


def listening(world: World) -> list[heard.Consumer]:
    with world.transaction("shop") as tx:
        return list(heard.listed(tx.session, LISTENING))


def lose(world: World, *items: str, age: timedelta = MINUTE, **values: object) -> list[UUID]:
    """Events that count as published, and never were: as if the broker had lost them."""
    with world.transaction("shop") as tx:
        then = tx.now - age
        rows = [
            outbox.row(OrderPlaced(tx.new_id(), item), tx.call, then)
            | {"published_at": then, **values}
            for item in items
        ]
        outbox.insert(tx.session, rows)
    return [row["event_id"] for row in rows]


def times_heard(world: World, item: str) -> int:
    with world.transaction("ledger") as tx:
        mine = sa.select(sa.func.count()).where(entries.c.item == item)
        return tx.session.scalar(mine)


def mark(world: World) -> heard.Consumer:
    [consumer] = listening(world)
    return consumer


def newest(world: World) -> int:
    with world.transaction("shop") as tx:
        return outbox.newest_id(tx.session.connection())


def all_received(world: World) -> bool:
    return mark(world).received_to == newest(world)
