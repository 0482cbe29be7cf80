"""What the relay asks of its database: little for each event, however singly they come."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis import relay, relay_role
from chassis.testing.world import World, eventually
from services.chassis.tests.losing import times_heard
from services.chassis.tests.shop import OrderPlaced

EVENTS = 5
pytestmark = pytest.mark.heavy


@pytest.fixture
def sent(world: World):
    """The statements that the shop's database is sent."""
    engine, statements = world.database("shop").provider.store.engine, []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def say_one_by_one(world: World) -> None:
    """Say each event when the one before has been heard."""
    for _ in range(EVENTS):
        item = f"single {uuid4()}"
        with world.transaction("shop") as tx:
            tx.emit(OrderPlaced(tx.new_id(), item))
        eventually(lambda item=item: times_heard(world, item))


def unmarked(world: World) -> int:
    return world.rows("shop", "SELECT count(*) FROM outbox WHERE published_at IS NULL")[0][0]


def test_what_leaves_within_a_moment_is_marked_together(world, sent, monkeypatch):
    monkeypatch.setattr(relay, "MARK_PATIENCE_SECONDS", 2.0)

    say_one_by_one(world)
    eventually(lambda: not unmarked(world))

    marks = [one for one in sent if one.startswith("UPDATE outbox SET published_at=")]
    assert 0 < len(marks) < EVENTS


def test_one_look_finds_what_a_commit_said(world, sent):
    say_one_by_one(world)
    eventually(lambda: not unmarked(world))

    looks = [one for one in sent if one.startswith("SELECT") and "outbox.attempts" in one]
    assert EVENTS <= len(looks) < 2 * EVENTS


@pytest.fixture
def without_a_net(world, monkeypatch):
    """A relay that looks when it is rung, and else not for long."""
    with monkeypatch.context() as patched:
        patched.setattr(relay, "POLL_SECONDS", 30.0)
        patched.setattr(relay_role, "STALE_SECONDS", 90.0)
        yield
    world.database("shop").provider.relay.wakeup.ring()


@pytest.mark.usefixtures("without_a_net")
def test_what_is_said_while_no_more_may_fly_leaves_with_the_confirms(world, monkeypatch):
    monkeypatch.setattr(relay, "WINDOW", relay.BATCH)  # nothing is read while anything flies
    monkeypatch.setattr(relay, "MARK_PATIENCE_SECONDS", 2.0)  # the first still does

    for item in (f"first {uuid4()}", f"second {uuid4()}"):
        with world.transaction("shop") as tx:
            tx.emit(OrderPlaced(tx.new_id(), item))
        eventually(lambda item=item: times_heard(world, item), timeout=20)
