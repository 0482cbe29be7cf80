"""A shop and a ledger whose handler ends the process at one event, started again and again.

Leaves with 0 when that event was set aside and those that are handled beside it were heard.
"""

import chassis.patch  # noqa: F401, I001  - before everything else

import os
import sys
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import eventlet
import sqlalchemy as sa

from chassis.config import Configuration
from chassis.database import Database
from chassis.inbox import inbox
from chassis.keys import ensure
from chassis.messages import on_event
from chassis.runner import Runner
from chassis.store import Store
from chassis.transactions import Transaction
from chassis.testing.world import eventually
from services.chassis.tests.shop import (
    OrderPlaced,
    Placed,
    ShopService,
    entries,
    ledger,
    orders,
    shop,
)

TABLES = {"shop": shop, "ledger": ledger}
HARMLESS = [f"harmless {number}" for number in range(1, 5)]


class DeadlyLedger:
    """Hears of orders; one of them is its end."""

    name = "ledger"
    db = Database(ledger, {})

    @on_event("shop", "order_placed.v1", Placed)
    def on_order_placed(self, tx: Transaction, order_id: UUID, item: str) -> None:
        """Write an entry, or end the process as a fault in C would."""
        if item == "deadly":
            eventlet.sleep(0.1)  # the others are in their transactions by then
            os._exit(137)
        eventlet.sleep(0.2)
        row = {"order_id": order_id, "item": item, "seen": 0}
        tx.session.execute(sa.insert(entries).values(**row))


def database(runner: Runner, service: str) -> Any:
    """A service's database, as the service itself sees it."""
    databases = runner.container(service).dependencies
    (found,) = (one for one in databases if isinstance(one, Database))
    return found.as_itself("test")


def place(runner: Runner, number: int, item: str) -> None:
    """Say the order, unless an earlier life of this process has."""
    order_id = uuid5(NAMESPACE_URL, item)
    with database(runner, "shop").transaction() as tx:
        if tx.session.scalar(sa.select(orders.c.id).where(orders.c.id == order_id)) is None:
            tx.session.execute(sa.insert(orders).values(id=order_id, item=item, number=number))
            tx.emit(OrderPlaced(order_id, item))


def over(runner: Runner) -> bool:
    """Whether the deadly one, and no other, is set aside, and the harmless ones were heard."""
    with database(runner, "ledger").transaction(read_only=True) as tx:
        dead = tx.session.execute(sa.select(inbox.c.error_code).where(inbox.c.state == "dead"))
        heard = tx.session.scalars(sa.select(entries.c.item)).all()
        return dead.scalars().all() == ["attempts_exhausted"] and sorted(heard) == HARMLESS


def main() -> None:
    """One life."""
    settings = Configuration({}, dict(os.environ), services=dict.fromkeys(TABLES, ()))
    ensure(settings.get("keys.directory"), TABLES)
    for name, metadata in TABLES.items():
        store = Store(str(settings.service(name)["database_url"]))
        metadata.create_all(store.engine)
        store.close()
    runner = Runner(settings, [ShopService, DeadlyLedger])
    runner.start()
    for number, item in enumerate(["deadly", *HARMLESS]):
        place(runner, number, item)
    eventually(lambda: over(runner), timeout=20)
    sys.stdout.write("over\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
