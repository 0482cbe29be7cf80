"""How large an event may be: over that it is set aside unread, and can be tried all the same."""

from uuid import uuid4

import orjson
import pytest

from chassis import dead_letters
from chassis.bounds import MAX_DEPTH, MAX_READ, MOST_EVENT_PARTS
from chassis.received import LARGEST_KEPT, ReceivedEvent, Undecodable
from chassis.testing.world import eventually
from services.chassis.tests.envelopes import HANDLER, SOON, digest, envelope, heard, say, states


def an_event_of(size: int, **changes) -> bytes:
    """A good one, of so many bytes."""
    empty = envelope(**{"id": str(uuid4()), "remark": "", **changes})
    return empty.replace(b'"remark":""', b'"remark":"%s"' % (b"x" * (size - len(empty))))


@pytest.mark.parametrize("over", [0, 1])
def test_an_event_over_the_limit_is_set_aside_unread(world, over):
    event_id, item = uuid4(), f"lamp {uuid4()}"
    data = {"order_id": str(uuid4()), "item": item}
    body = say(world, an_event_of(MAX_READ + over, id=str(event_id), data=data))

    eventually(lambda: states(world, digest(body) if over else event_id), SOON)
    assert states(world, digest(body)) == [("dead", "message_too_large")] * over
    assert bool(heard(world, item)) is not bool(over)


def test_one_that_was_too_large_can_be_tried_all_the_same(world):
    event_id, item = uuid4(), f"lamp {uuid4()}"
    data = {"order_id": str(uuid4()), "item": item}
    body = say(world, an_event_of(MAX_READ + 1, id=str(event_id), data=data))
    eventually(lambda: states(world, digest(body)), SOON)

    with world.transaction("ledger") as tx:
        assert dead_letters.retry(tx.session, digest(body), tx.now) == 1
    world.database("ledger").provider.retries.wakeup.ring()
    eventually(lambda: heard(world, item), SOON)


def test_of_a_giant_the_beginning_is_kept():
    giant = b"x" * (LARGEST_KEPT + 1)
    kept = ReceivedEvent.undecodable(giant, HANDLER, "shop", "t", Undecodable("too large"))

    assert (len(kept.body), kept.event_id) == (LARGEST_KEPT, digest(giant))


@pytest.mark.parametrize("fits", [True, False])
def test_an_event_has_so_many_parts(fits):
    few = len(orjson.loads(envelope())) + 2  # besides the items themselves
    items = [0] * (MOST_EVENT_PARTS - few + (not fits))
    body = envelope(data={"order_id": "", "items": items})

    if fits:
        assert ReceivedEvent.decode(body, HANDLER)
    else:
        with pytest.raises(Undecodable, match="too_many_parts"):
            ReceivedEvent.decode(body, HANDLER)


@pytest.mark.parametrize("depth", [MAX_DEPTH, 900, 100_000])
def test_an_event_has_a_depth(depth):
    body = envelope(data={"order_id": "", "deep": "@"}).replace(b'"@"', b"[" * depth + b"]" * depth)

    with pytest.raises(Undecodable):
        ReceivedEvent.decode(body, HANDLER)
