"""Publishing events: what the relay learns of each."""

import eventlet
import kombu
import pytest

from chassis.bus.confirms import BusUnavailable, ConfirmingChannel
from tests.conformance.broker import Inbox, eventually


@pytest.fixture
def channel(broker):
    channel = ConfirmingChannel(broker.config)
    yield channel
    channel.close()


def drained(channel, number, timeout=3.0):
    """The states of ``number`` outcomes, by tag."""
    outcomes = []
    eventually(lambda: outcomes.extend(channel.drain(0.1)) or len(outcomes) >= number, timeout)
    return {outcome.tag: outcome.state for outcome in outcomes}


def test_each_message_of_a_batch_is_confirmed_once_handled(broker, channel):
    box = Inbox(broker.queue(), broker.connect())
    for number in range(300):
        channel.publish(broker.exchange.name, "key", b"{}", number, mandatory=True)
    for message in box.receive():
        message.ack()
    assert drained(channel, 300) == dict.fromkeys(range(300), "confirmed")
    assert len(channel) == 0


def test_the_messages_are_persistent_and_in_order(broker, channel):
    box = Inbox(broker.queue(), broker.connect())
    for number in range(50):
        channel.publish(broker.exchange.name, "key", b"%d" % number, number, message_id=str(number))
    messages = box.receive()
    assert [message.body for message in messages] == [str(number) for number in range(50)]
    assert {message.properties["delivery_mode"] for message in messages} == {2}
    assert [message.properties["message_id"] for message in messages] == list(map(str, range(50)))


def test_an_event_without_a_queue_comes_back_and_the_others_go_on(broker, channel):
    box = Inbox(broker.queue(), broker.connect(), no_ack=True)
    for tag, key in enumerate(["key", "nowhere", "key"]):
        channel.publish(broker.exchange.name, key, b"{}", tag, mandatory=True)
    box.receive()
    assert drained(channel, 3) == {0: "confirmed", 1: "returned", 2: "confirmed"}


def test_an_event_that_needs_no_queue_is_confirmed_without_one(broker, channel):
    broker.queue()
    channel.publish(broker.exchange.name, "nowhere", b"{}", "tag")
    assert drained(channel, 1) == {"tag": "confirmed"}


def test_a_drain_with_nothing_outstanding_returns_at_once(channel):
    assert channel.drain(10) == []


def test_the_callers_headers_travel(broker, channel):
    box = Inbox(broker.queue(), broker.connect())
    channel.publish(broker.exchange.name, "key", b"{}", 1, application_headers={"a": True})
    assert box.receive()[0].headers["a"] is True


def test_a_missing_exchange_is_a_lost_connection_and_then_works_again(broker, channel):
    def publish_to_nowhere():
        channel.publish(broker.unique("missing"), "key", b"{}", 1, mandatory=True)
        channel.drain(3)

    with pytest.raises(BusUnavailable):
        publish_to_nowhere()
    assert len(channel) == 0
    broker.queue()
    channel.publish(broker.exchange.name, "nowhere", b"{}", 2)
    assert drained(channel, 1) == {2: "confirmed"}


def test_declaring_makes_queue_exchange_and_binding(broker, channel):
    queue = kombu.Queue(broker.unique("queue"), broker.exchange, "key", durable=True)
    channel.declare([broker.exchange, queue])
    channel.declare([broker.exchange, queue])  # as every start does
    broker.publish("hello")
    assert Inbox(queue, broker.connect()).bodies() == ["hello"]


def test_declaring_otherwise_than_before_is_refused(broker, channel, caplog):
    broker.queue(durable=True)
    with pytest.raises(BusUnavailable):
        channel.declare([kombu.Exchange(broker.exchange.name, "fanout", durable=True)])
    channel.declare([kombu.Queue(broker.unique("queue"), broker.exchange, durable=False)])

    assert f"queue {broker.unique('queue')} exists on the broker with other" in caplog.text


def test_without_a_broker_it_says_so():
    channel = ConfirmingChannel({"AMQP_URI": "amqp://guest:guest@127.0.0.1:9/"})
    with pytest.raises(BusUnavailable):
        channel.publish("", "key", b"{}", 1)
    with pytest.raises(BusUnavailable):
        channel.declare([kombu.Exchange("x")])


def test_a_cut_connection_forgets_what_was_outstanding(rabbitmq, proxy):
    channel = ConfirmingChannel({**rabbitmq.config, "AMQP_URI": proxy.url})
    queue = rabbitmq.queue(durable=True)
    channel.publish(rabbitmq.exchange.name, "key", b"{}", 1)
    assert drained(channel, 1) == {1: "confirmed"}
    proxy.fall_silent()
    channel.publish(rabbitmq.exchange.name, "key", b"{}", 2)
    assert channel.drain(0.2) == []
    proxy.cut()
    with pytest.raises(BusUnavailable):
        channel.drain(3)
    assert len(channel) == 0
    channel.publish(rabbitmq.exchange.name, "key", b"{}", 3)
    assert drained(channel, 1) == {3: "confirmed"}
    assert rabbitmq.depth(queue.name) == 2
    channel.close()


def test_what_was_decided_before_a_cut_is_not_forgotten(rabbitmq, proxy):
    channel = ConfirmingChannel({**rabbitmq.config, "AMQP_URI": proxy.url})
    rabbitmq.queue()
    channel.publish(rabbitmq.exchange.name, "key", b"{}", 1)
    eventually(lambda: len(channel) == 0)  # the confirm is here, nobody has drained it
    proxy.cut()
    eventlet.sleep(0.2)
    assert drained(channel, 1) == {1: "confirmed"}
    channel.close()


def test_an_idle_connection_that_was_cut_is_opened_anew(rabbitmq, proxy):
    channel = ConfirmingChannel({**rabbitmq.config, "AMQP_URI": proxy.url})
    rabbitmq.queue()
    for tag in range(2):
        channel.publish(rabbitmq.exchange.name, "key", b"{}", tag)
        assert drained(channel, 1) == {tag: "confirmed"}
        proxy.cut()
        eventually(lambda: channel._channel is None)
    channel.close()
