"""Delivery, acknowledgement, order, expiry, isolation."""

import eventlet
import pytest
from amqp.exceptions import FrameSyntaxError

from chassis.bus import wire
from tests.conformance.broker import Inbox, eventually


def inbox(broker, queue, **options):
    return Inbox(queue, broker.connect(), **options)


def test_order_is_kept_in_a_queue(broker):
    queue = broker.queue()
    broker.publish(*range(200))
    assert inbox(broker, queue).bodies() == list(range(200))


def test_a_waiting_consumer_is_woken(broker):
    waiting = inbox(broker, broker.queue())
    publishing = eventlet.spawn_after(0.05, broker.publish, "hello")
    waiting.connection.drain_events(timeout=2)
    publishing.wait()
    assert waiting.messages[0].payload == "hello"


def test_prefetch_limits_the_unacknowledged(broker):
    queue = broker.queue()
    limited = inbox(broker, queue, prefetch=3)
    broker.publish(*range(10))
    assert limited.bodies() == [0, 1, 2]
    limited.messages[0].ack()
    assert limited.bodies() == [3]
    assert inbox(broker, queue).bodies() == [4, 5, 6, 7, 8, 9]


def test_prefetch_is_for_each_consumer_of_a_channel(broker):
    connection = broker.connect()
    boxes = [Inbox(broker.queue(name, routing_key=name), connection, prefetch=2) for name in "ab"]
    for name in "ab":
        broker.publish(1, 2, 3, routing_key=name)
    boxes[0].receive()
    assert [len(box.messages) for box in boxes] == [2, 2]


def test_one_ack_may_stand_for_all_before_it(broker):
    queue = broker.queue()
    first = inbox(broker, queue)
    broker.publish(1, 2, 3)
    first.receive()[1].ack(multiple=True)
    first.connection.close()
    assert inbox(broker, queue).bodies() == [3]


def test_what_a_dead_consumer_held_goes_to_another_and_says_so(broker):
    queue = broker.queue()
    first = inbox(broker, queue)
    broker.publish(1, 2, 3)
    assert not first.receive()[0].delivery_info["redelivered"]
    first.messages[1].ack()
    first.consumer.qos(prefetch_count=0)  # its answer comes after the acknowledgement
    first.connection.collect()  # without goodbye
    messages = eventually(inbox(broker, queue).receive)
    assert [message.payload for message in messages] == [1, 3]
    assert all(message.delivery_info["redelivered"] for message in messages)


def test_what_a_closed_channel_held_goes_back(broker):
    queue = broker.queue()
    first = inbox(broker, queue)
    broker.publish(1)
    first.receive()
    first.connection.default_channel.close()
    assert [m.delivery_info["redelivered"] for m in inbox(broker, queue).receive()] == [True]


def test_deliveries_the_client_never_looked_at_go_back_too(broker):
    queue = broker.queue()
    first = inbox(broker, queue)
    broker.publish(1, 2)
    first.connection.close()
    assert inbox(broker, queue).bodies() == [1, 2]


def test_requeued_returns_to_its_position(broker):
    queue = broker.queue()
    first = inbox(broker, queue, prefetch=1)
    broker.publish(1, 2)
    first.receive()[0].requeue()
    again = first.receive()[0]
    assert (again.payload, again.delivery_info["redelivered"]) == (1, True)


def test_rejected_is_gone(broker):
    queue = broker.queue()
    first = inbox(broker, queue)
    broker.publish(1, 2)
    first.receive()[0].reject()
    first.connection.close()
    assert inbox(broker, queue).bodies() == [2]


def test_consumers_share_a_queue_round_robin(broker):
    queue = broker.queue()
    boxes = [inbox(broker, queue) for _ in range(2)]
    broker.publish(*range(10))
    assert sorted(len(box.receive()) for box in boxes) == [5, 5]


def test_a_cancelled_consumer_gets_no_more(broker):
    queue = broker.queue()
    first = inbox(broker, queue)
    first.consumer.cancel()
    broker.publish(1)
    assert first.receive() == []
    assert inbox(broker, queue).bodies() == [1]


def test_an_expired_message_is_not_delivered(broker):
    queue = broker.queue()
    broker.publish("short-lived", expiration="50")
    broker.publish("lasting")
    eventlet.sleep(0.1)
    assert inbox(broker, queue).bodies() == ["lasting"]


def test_a_queue_may_limit_the_life_of_its_messages(broker):
    queue = broker.queue(message_ttl=0.05)
    broker.publish(1)
    eventlet.sleep(0.1)
    assert inbox(broker, queue).bodies() == []


def test_each_queue_has_a_copy_of_its_own(broker):
    boxes = [inbox(broker, broker.queue(name)) for name in "ab"]
    headers = {"stack": ["a"]}
    broker.publish({"list": [1]}, application_headers=headers)
    headers["stack"].append("b")
    for box in boxes:
        (message,) = box.receive()
        assert message.payload == {"list": [1]}
        assert message.headers == {"stack": ["a"]}
        message.payload["list"].clear()
        message.headers["stack"].clear()
        message.properties.clear()


def test_headers_that_cannot_travel_fail_at_once(broker):
    queue = broker.queue()
    with pytest.raises(FrameSyntaxError):
        broker.publish("fine", application_headers={"no": object()})
    assert inbox(broker, queue).bodies() == []


def test_properties_arrive(broker):
    box = inbox(broker, broker.queue())
    broker.publish("ü", correlation_id="c", reply_to="r", message_id="m", persistent=True)
    (message,) = box.receive()
    assert message.payload == "ü"
    assert message.content_type == wire.CONTENT_TYPE
    names = ("correlation_id", "reply_to", "message_id", "delivery_mode")
    assert [message.properties[name] for name in names] == ["c", "r", "m", 2]


def test_one_message_can_be_fetched_without_consuming(broker):
    queue = broker.queue()
    broker.publish(1)
    eventually(lambda: broker.depth(queue.name) == 1)
    message = queue.get()
    assert message.payload == 1
    message.ack()
    assert queue.get() is None
