"""Two small services for the chassis' own tests: a shop takes orders, a ledger hears of them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from marshmallow import fields

from chassis import schemas
from chassis.auth import PEOPLE, PUBLIC, services
from chassis.database import Database
from chassis.errors import Conflict, NotFound
from chassis.limits import keep_mail_counts
from chassis.messages import command, job, on_event, query
from chassis.missing import answers_for_events
from chassis.remote import Remote
from chassis.tables import new_metadata
from chassis.transactions import Transaction

PAUSE = 0.2  # seconds after each run of ShopService.clean_up

shop = new_metadata()
orders = sa.Table(
    "orders",
    shop,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("item", sa.String(200), nullable=False),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
)
prices = sa.Table(
    "prices",
    shop,
    sa.Column("item", sa.String(200), primary_key=True),
    sa.Column("amount", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("note", sa.String(200), nullable=False, default="new"),
    comment="a copy of what somebody else owns",
)
keep_mail_counts(shop)
ledger = new_metadata()
entries = sa.Table(
    "entries",
    ledger,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("order_id", sa.Uuid, nullable=False),
    sa.Column("item", sa.String(200), nullable=False),
    sa.Column("seen", sa.Integer, nullable=False),
)


class SoldOut(Conflict):
    code = "sold_out"


class OrderNotFound(NotFound):
    code = "order_not_found"


@dataclass(frozen=True)
class OrderPlaced:
    """Somebody ordered something."""

    TYPE: ClassVar = "order_placed.v1"
    SUBJECT: ClassVar = "order_id"

    order_id: UUID
    item: str


class Place(schemas.Request):
    item = schemas.Name(required=True)
    number = fields.Integer(strict=True, required=True)


class Order(schemas.Request):
    id = fields.UUID()
    item = fields.String()


class Ask(schemas.Request):
    item = schemas.Name(required=True)


class Placed(schemas.Event):
    order_id = fields.UUID(required=True)
    item = fields.String(required=True)


def announce(service, call, request):
    """A preparation, counted."""
    ShopService.prepared += 1
    return {**request, "item": request["item"].upper()}


class ShopService:
    """Takes orders."""

    name = "shop"
    prepared = 0
    cleaned = 0

    db = Database(shop, {"order_placed.v1": [("ledger", "on_order_placed")]})
    ledger = Remote("ledger", timeout=3)

    @command(Place, reply=Order, callers=PEOPLE | services("ledger"))
    def place_order(self, tx: Transaction, item: str, number: int):
        if item == "nothing":
            raise SoldOut("there is none", left=0)
        order = {"id": tx.new_id(), "item": item, "number": number}
        tx.session.execute(sa.insert(orders).values(**order))
        tx.emit(OrderPlaced(order["id"], order["item"]))
        tx.wake("clean_up")
        return order

    @command(Place, reply=Order, callers=PUBLIC, prepare=announce)
    def place_prepared(self, tx: Transaction, item: str, number: int):
        return self.place(tx, item, number)

    def place(self, tx, item, number):
        order = {"id": tx.new_id(), "item": item, "number": number}
        tx.session.execute(sa.insert(orders).values(**order))
        return order

    @command(Place, callers=PUBLIC)
    def call_inside(self, tx: Transaction, item: str, number: int):
        self.ledger.count_entries(item="x")

    @query(Ask, reply=Order, callers=PEOPLE)
    def get_order(self, tx: Transaction, item: str):
        return self.get_order_of(tx, item)

    def get_order_of(self, tx, item):
        found = tx.session.execute(sa.select(orders).where(orders.c.item == item))
        order = found.one_or_none()
        if order is None:
            raise OrderNotFound("no such order")
        return order

    @query(Ask, reply=Order, callers=services("ledger"))
    def find_order(self, tx: Transaction, item: str):
        return self.get_order_of(tx, item)

    @query(Ask, callers=PUBLIC)
    def say_something(self, tx: Transaction, item: str):
        tx.emit(OrderPlaced(tx.new_id(), "x"))

    @job(every=3600, pause=PAUSE)
    def clean_up(self, db):
        type(self).cleaned += 1


class Count(schemas.Request):
    number = fields.Integer()


@answers_for_events
class LedgerService:
    """Hears of orders. ``FAIL`` holds how often an item still fails."""

    name = "ledger"
    FAIL: ClassVar[dict[str, int]] = {}

    db = Database(ledger, {})

    @on_event("shop", "order_placed.v1", Placed)
    def on_order_placed(self, tx: Transaction, order_id: UUID, item: str):
        """Write one entry per order."""
        seen = tx.session.scalar(sa.select(sa.func.count()).select_from(entries))
        row = {"order_id": order_id, "item": item, "seen": seen}
        tx.session.execute(sa.insert(entries).values(**row))
        if self.FAIL.get(item, 0) > 0:
            self.FAIL[item] -= 1
            raise RuntimeError("not yet")

    @query(Ask, reply=Count, callers=PUBLIC)
    def count_entries(self, tx: Transaction, item: str):
        mine = sa.select(sa.func.count()).where(entries.c.item == item)
        return {"number": tx.session.scalar(mine)}
