"""Pages put together are the whole list, whatever their size, its ties and its direction."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import registry

from chassis.ids import uuid7
from chassis.paging import InvalidCursor, Paged
from services.chassis.tests.shop import orders

ITEMS = st.lists(st.sampled_from(["", "a", "B", "ä", "z"]), max_size=12)
EACH_TIME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Order:
    """An order as an object."""


registry().map_imperatively(Order, orders)

COLUMNS = sa.select(orders).where(orders.c.number >= sa.bindparam("least"))
OBJECTS = sa.select(Order).where(orders.c.number >= sa.bindparam("least"))
BOTH_DIRECTIONS = pytest.mark.parametrize("descending", [False, True])
BOTH_SHAPES = pytest.mark.parametrize("query", [COLUMNS, OBJECTS], ids=["columns", "objects"])


@pytest.fixture
def session(world):
    """One transaction of the shop's."""
    with world.transaction("shop") as tx:
        yield tx.session


def fill(session, items):
    session.execute(sa.delete(orders))
    rows = [{"id": uuid7(), "item": item, "number": at} for at, item in enumerate(items)]
    if rows:
        session.execute(sa.insert(orders), rows)


def pages(paged, session, size) -> Iterator[list]:
    cursor = None
    while True:
        page = paged.read(session, size, cursor, least=0)
        yield page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return


def id_of(item):
    return item.id if isinstance(item, Order) else item["id"]


@BOTH_SHAPES
@BOTH_DIRECTIONS
@EACH_TIME
@given(items=ITEMS, size=st.integers(1, 13))
def test_pages_put_together_are_the_list_with_its_ties(session, query, descending, items, size):
    fill(session, items)
    paged = Paged(query, orders.c.item, orders.c.number, descending=descending)
    order = [c.desc() if descending else c for c in (orders.c.item, orders.c.number)]
    whole = session.scalars(sa.select(orders.c.id).order_by(*order)).all()

    found = list(pages(paged, session, size))

    assert [id_of(item) for each in found for item in each] == whole
    assert all(len(before) == size for before, _ in pairwise(found))
    assert found[-1] or not items, "no page is empty unless the list is"


@BOTH_DIRECTIONS
@EACH_TIME
@given(items=ITEMS, size=st.integers(1, 13))
def test_pages_by_one_column_are_the_list(session, descending, items, size):
    fill(session, items)
    whole = list(range(len(items)))
    paged = Paged(COLUMNS, orders.c.number, descending=descending)

    found = [item["number"] for each in pages(paged, session, size) for item in each]

    assert found == (whole[::-1] if descending else whole)


@BOTH_DIRECTIONS
@EACH_TIME
@given(items=ITEMS, size=st.integers(1, 13))
def test_pages_that_show_more_of_each_row_are_the_list_too(session, descending, items, size):
    fill(session, items)
    numbers = sa.select(orders.c.number).where(orders.c.number >= sa.bindparam("least"))
    paged = Paged(numbers, orders.c.number, descending=descending).shown_by(
        lambda found: sa.select(Order).join(found, found.c.number == orders.c.number)
    )
    whole = list(enumerate(items))

    shown = [(one.number, one.item) for each in pages(paged, session, size) for one in each]

    assert shown == (whole[::-1] if descending else whole)


def test_what_comes_in_before_the_cursor_shifts_nothing(session):
    fill(session, ["b", "d", "f"])
    paged = Paged(COLUMNS, orders.c.item, orders.c.number)
    first = paged.read(session, 2, None, least=0)
    session.execute(sa.insert(orders), {"id": uuid7(), "item": "a", "number": 9})

    second = paged.read(session, 2, first["next_cursor"], least=0)

    assert [row["item"] for row in first["items"] + second["items"]] == ["b", "d", "f"]


def test_a_cursor_of_a_list_in_another_order_is_refused(session):
    fill(session, ["a", "b"])
    by_number = Paged(COLUMNS, orders.c.number).read(session, 1, None, least=0)["next_cursor"]

    for cursor in (by_number, ""):
        with pytest.raises(InvalidCursor):
            Paged(COLUMNS, orders.c.item, orders.c.number).read(session, 1, cursor, least=0)


def test_a_column_that_may_be_empty_orders_no_pages():
    maybe = sa.Table("t", sa.MetaData(), sa.Column("maybe", sa.Integer)).c.maybe

    with pytest.raises(ValueError, match="first page only"):
        Paged(sa.select(maybe), maybe)
