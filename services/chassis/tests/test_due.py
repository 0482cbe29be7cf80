"""What a job finds due gets its turn, whatever becomes of the others."""

import logging

import pytest
import sqlalchemy as sa

from chassis.due import for_each_due
from chassis.ids import uuid7
from services.chassis.tests.shop import OrderPlaced, orders


class Spoilt(Exception):
    """The order cannot be worked on."""


@pytest.fixture
def placed(world):
    """The ids of five orders, and there are no others."""
    ids = sorted(uuid7() for _ in range(5))
    rows = [{"id": each, "item": "new", "number": at} for at, each in enumerate(ids)]
    with world.transaction("shop") as tx:
        tx.session.execute(sa.delete(orders))
        tx.session.execute(sa.insert(orders), rows[::-1])
    yield ids
    with world.transaction("shop") as tx:
        tx.session.execute(sa.delete(orders))


def new_ones(_now):
    return sa.select(orders.c.id).where(orders.c.item == "new")


def take(world, work, due=new_ones):
    return for_each_due(world.database("shop"), due, work, at_once=2)


def do_all_but(spoilt):
    def do(tx, order_id):
        change = sa.update(orders).where(orders.c.id == order_id).values(item="done")
        tx.session.execute(change)
        tx.emit(OrderPlaced(order_id, "done"))
        if order_id in spoilt:
            raise Spoilt

    return do


def items(world):
    with world.transaction("shop") as tx:
        return list(tx.session.scalars(sa.select(orders.c.item).order_by(orders.c.number)))


def test_each_has_one_turn_in_the_order_of_the_ids_also_where_it_stays_due(world, placed):
    done = []

    went_well = take(world, lambda tx, order_id: done.append(order_id))

    assert (went_well, done) == (5, placed)


def test_what_is_due_twice_has_one_turn(world, placed):
    twice = sa.alias(sa.select(sa.literal(1)).union_all(sa.select(sa.literal(2))).subquery())

    done = []
    take(world, lambda tx, order_id: done.append(order_id),
         due=lambda now: sa.select(orders.c.id).join(twice, sa.true()))  # fmt: skip

    assert done == placed


@pytest.mark.parametrize("failing", [1, 2, 4])
def test_those_that_fail_change_nothing_and_hold_up_nobody(world, placed, failing, caplog):
    spoilt = placed[:failing]
    with caplog.at_level(logging.ERROR, logger="chassis.due"):
        went_well = take(world, do_all_but(spoilt))

    assert went_well == 5 - failing
    assert items(world) == ["new"] * failing + ["done"] * (5 - failing)
    told = [record.args[-1] for record in caplog.records if record.name == "chassis.due"]
    assert told == spoilt


def test_what_failed_is_due_again_at_the_next_pass(world, placed):
    take(world, do_all_but(placed[:1]))

    assert take(world, do_all_but([])) == 1
    assert items(world) == ["done"] * 5


def test_a_pass_ends_where_the_query_fails(world, placed):
    looks = []

    def due(now):
        looks.append(now)
        if len(looks) == 2:
            raise Spoilt
        return new_ones(now)

    with pytest.raises(Spoilt):
        take(world, do_all_but([]), due)
    assert items(world) == ["done", "done", "new", "new", "new"]
