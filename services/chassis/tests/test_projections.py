"""Copies of others' state: the newest is kept in any order, and the owner asked at most once."""

from itertools import permutations
from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.auth import Actor
from chassis.calls import Call
from chassis.projections import keep_newest, of_request, refresh_unless
from services.chassis.tests.shop import prices

STATES = [{"item": "lamp", "amount": 100 + version, "version": version} for version in (1, 2, 3)]


@pytest.fixture
def session(world):
    """One transaction of the shop's, in which no price is known."""
    with world.transaction("shop") as tx:
        tx.session.execute(sa.delete(prices))
        yield tx.session


def kept(session):
    return [dict(row) for row in session.execute(sa.select(prices)).mappings()]


@pytest.mark.parametrize("versions", list(permutations((1, 2, 3))), ids=str)
def test_the_newest_state_is_kept_in_whatever_order_the_news_come(session, versions):
    for at, version in enumerate(versions):
        taken = keep_newest(session, prices, STATES[version - 1])
        assert taken == (version == max(versions[: at + 1]))

    assert kept(session) == [{**STATES[-1], "note": "new"}]


def test_the_same_news_twice_is_taken_once(session):
    assert keep_newest(session, prices, STATES[1])
    assert not keep_newest(session, prices, {**STATES[1], "amount": 0})
    assert kept(session) == [{**STATES[1], "note": "new"}]


def test_what_the_news_do_not_tell_stays_as_it_was(session):
    keep_newest(session, prices, {**STATES[0], "note": "ours", "unknown": 1})
    keep_newest(session, prices, STATES[1])

    assert kept(session) == [{**STATES[1], "note": "ours"}]


class Service:
    """A service as a preparation sees it: its database."""

    def __init__(self, world):
        self.db = world.database("shop")


@pytest.mark.parametrize(("suffices", "times"), [(True, 0), (False, 1)])
def test_the_owner_is_asked_once_and_only_where_the_copy_does_not_suffice(world, suffices, times):
    caller, named, looked, asked = uuid4(), uuid4(), [], []

    def look(session, account_id):
        looked.append(session.scalar(sa.select(sa.literal(1))) and account_id)
        return suffices

    def ask(service, account_id):
        with service.db.transaction():  # none is open, or this would be refused
            asked.append(account_id)

    actor = Actor("professional", account_id=caller)
    call = Call("shop", "test", "query", call_id="", stack=[], actor=actor)
    request = {"account_id": named}

    for prepare in (refresh_unless(look, ask), refresh_unless(look, ask, of_request)):
        assert prepare(Service(world), call, request) is request
    assert looked == [caller, named]
    assert asked == [caller, named] * times
