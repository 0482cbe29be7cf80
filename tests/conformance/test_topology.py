"""Exchanges, bindings and queues."""

import eventlet
import kombu
import pytest
from amqp.exceptions import ConsumerCancelled, NotFound, PreconditionFailed, ResourceLocked

from tests.conformance.broker import Inbox, eventually


def inbox(broker, queue, **options):
    return Inbox(queue, broker.connect(), **options)


def exists(broker, queue):
    try:
        broker.depth(queue.name)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize(
    ("pattern", "key", "matches"),
    [
        ("a.b", "a.b", True),
        ("a.*", "a.b", True),
        ("a.*", "a", False),
        ("a.*", "a.b.c", False),
        ("a.#", "a", True),
        ("a.#", "a.b.c", True),
        ("#", "a.b", True),
        ("#.c", "c", True),
        ("a.#.c", "a.c", True),
        ("a.#.c", "a.b", False),
        ("*.b", "a.b", True),
        ("a+", "aa", False),
    ],
)
def test_topics(broker, pattern, key, matches):
    queue = broker.queue(routing_key=pattern)
    broker.publish(1, routing_key=key)
    assert inbox(broker, queue).bodies() == [1] * matches


def test_two_matching_bindings_deliver_once(broker):
    queue = broker.queue(routing_key="a.*")
    queue.bind_to(queue.exchange, "*.b")
    broker.publish(1, routing_key="a.b")
    assert inbox(broker, queue).bodies() == [1]


def test_what_was_unbound_is_not_routed_any_more(broker):
    queue = broker.queue()
    queue.unbind_from(queue.exchange, "key")
    broker.publish(1)
    assert inbox(broker, queue).bodies() == []


def test_the_default_exchange_routes_by_queue_name(broker):
    queue = broker.queue()
    broker.publish(1, exchange="", routing_key=queue.name)
    assert inbox(broker, queue).bodies() == [1]


def test_another_declaration_of_the_same_name_is_refused(broker):
    queue = broker.queue()
    with pytest.raises(PreconditionFailed):
        broker.queue(durable=False)
    with pytest.raises(PreconditionFailed):
        kombu.Exchange(queue.exchange.name, "direct", channel=broker.connect()).declare()


def test_declaring_passively_tells_the_length_or_fails(broker):
    queue = broker.queue()
    broker.publish(1, 2)
    eventually(lambda: broker.depth(queue.name) == 2)
    with pytest.raises(NotFound):
        broker.depth(broker.unique("missing"))


def test_a_purged_queue_is_empty_and_a_deleted_one_is_gone(broker):
    queue = broker.queue()
    broker.publish(1)
    queue.purge()
    assert inbox(broker, queue).bodies() == []
    queue.delete()
    assert not exists(broker, queue)


def test_an_auto_delete_queue_goes_with_its_last_consumer(broker):
    queue = broker.queue(auto_delete=True)
    boxes = [inbox(broker, queue) for _ in range(2)]
    boxes[0].connection.close()
    assert exists(broker, queue)
    boxes[1].connection.close()
    eventually(lambda: not exists(broker, queue))


def test_an_exclusive_queue_belongs_to_its_connection(broker):
    owner = broker.connect()
    queue = broker.queue(exclusive=True, channel=owner.default_channel)
    with pytest.raises(ResourceLocked):
        inbox(broker, queue)
    owner.close()
    eventually(lambda: not exists(broker, queue))


def test_an_unused_queue_expires(broker):
    queue = broker.queue(expires=0.3)
    box = inbox(broker, queue)
    eventlet.sleep(0.5)
    assert exists(broker, queue)  # it is in use
    box.connection.close()
    eventlet.sleep(0.6)  # looking at it meanwhile would count as use
    assert not exists(broker, queue)


def test_deleting_a_queue_cancels_its_consumers(broker):
    queue = broker.queue()
    box = inbox(broker, queue)
    queue.delete()
    with pytest.raises(ConsumerCancelled):
        box.receive(silence=1)
