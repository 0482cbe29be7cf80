"""Events as somebody might put them on the bus, and what the ledger's inbox says of them."""

import hashlib
from uuid import UUID, uuid4

import orjson
import sqlalchemy as sa

from chassis.inbox import inbox as inbox_table
from chassis.testing.world import World
from services.chassis.tests.shop import entries

SOON = 5  # seconds; fifty that could not be kept once kept every worker busy for ever
HANDLER = "on_order_placed"


def envelope(**changes):
    data = {"order_id": str(uuid4()), "item": f"lamp {uuid4()}"}
    whole = {
        "id": str(uuid4()), "type": "order_placed.v1", "source": "shop", "subject": "lamps",
        "call_id": "test.1", "firm_id": None, "data": data,
    }  # fmt: skip
    return orjson.dumps(whole | changes)


def say(world: World, body: bytes) -> bytes:
    world.publish_raw("shop", "order_placed.v1", body)
    return body


def digest(body: bytes) -> UUID:
    return UUID(bytes=hashlib.sha256(body).digest()[:16])


def states(world: World, event_id: UUID) -> list[tuple[str, str]]:
    with world.transaction("ledger") as tx:
        mine = inbox_table.c.event_id == event_id
        wanted = sa.select(inbox_table.c.state, inbox_table.c.error_code).where(mine)
        return [tuple(row) for row in tx.session.execute(wanted)]


def heard(world: World, item: str) -> bool:
    with world.transaction("ledger") as tx:
        return tx.session.execute(sa.select(entries).where(entries.c.item == item)).first()
