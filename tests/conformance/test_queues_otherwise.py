"""A queue that the broker has with other properties stops its own consumer, and nothing else."""

import eventlet
import pytest

from chassis.bus import queues, wire
from chassis.bus.confirms import BusUnavailable, ConfirmingChannel
from chassis.bus.rights import use
from tests.conformance.broker import Stopwatch, eventually
from tests.conformance.services import Echo, subscribe


def two_queues(broker):
    """A service that answers calls and listens to two kinds of news."""

    class Listener(Echo):
        name = "listener"

        @subscribe(broker.exchange.name, "good")
        def on_good(self, message):
            self.ended.append(("good", bytes(message.body)))

        @subscribe(broker.exchange.name, "bad")
        def on_bad(self, message):
            self.ended.append(("bad", bytes(message.body)))

    own = {"name": broker.unique("listener"), "started": [], "ended": []}
    return type("Listener", (Listener,), own)


def declare_otherwise(broker, name):
    """As a person, or another version, might have."""
    channel = broker.connect().channel()
    arguments = {"x-expires": 600_000}
    channel.queue_declare(name, durable=True, auto_delete=False, arguments=arguments)


def answers(broker, service):
    return broker.client().call(service.name, "echo", {"value": 1}) == 1


def test_calls_and_the_other_queues_go_on(broker, caplog):
    service = two_queues(broker)
    declare_otherwise(broker, f"{service.name}.on_bad")
    broker.start_again(service)
    broker.publish("news", routing_key="good")

    eventually(lambda: service.ended == [("good", b'"news"')])
    assert answers(broker, service)
    said = [line.getMessage() for line in caplog.records if "other properties" in line.getMessage()]
    assert len(said) == 1
    assert f"{service.name}.on_bad" in said[0]


def test_what_is_said_meanwhile_waits_in_the_queue_and_is_bound_to_it(broker):
    service = two_queues(broker)
    declare_otherwise(broker, f"{service.name}.on_bad")
    broker.start_again(service)
    broker.publish("news", routing_key="bad")

    eventually(lambda: broker.depth(f"{service.name}.on_bad") == 1)
    assert service.ended == []


def test_it_is_tried_again_and_consumed_when_it_is_as_it_should_be(broker, monkeypatch, caplog):
    monkeypatch.setattr(queues, "TRY_AGAIN_SECONDS", 0.2)
    service = two_queues(broker)
    name = f"{service.name}.on_bad"
    declare_otherwise(broker, name)
    broker.start_again(service)
    eventlet.sleep(1.5)
    assert answers(broker, service)
    broker.connect().channel().queue_delete(name)

    eventually(lambda: "as it should be again" in caplog.text)
    broker.publish("news", routing_key="bad")
    eventually(lambda: service.ended == [("bad", b'"news"')])


def test_a_service_of_which_nothing_can_be_consumed_stops_all_the_same(broker):
    service = two_queues(broker)
    declare_otherwise(broker, f"{service.name}.on_bad")
    container = broker.start_again(service)
    with Stopwatch() as took:
        container.stop()
    assert took.seconds < 3


def test_it_is_the_same_after_a_reconnection(rabbitmq, monkeypatch):
    service = two_queues(rabbitmq)
    container = rabbitmq.start_again(service)
    name = f"{service.name}.on_bad"
    (consumer,) = {entrypoint.queue_consumer for entrypoint in container.entrypoints
                   if hasattr(entrypoint, "queue_consumer")}  # fmt: skip
    channel = rabbitmq.connect().channel()
    monkeypatch.setattr(queues, "TRY_AGAIN_SECONDS", 600)
    channel.queue_delete(name)  # the broker cancels its consumer, and the service connects anew
    declare_otherwise(rabbitmq, name)

    eventually(lambda: consumer.is_connected and consumer._otherwise)
    rabbitmq.publish("news", routing_key="good")
    eventually(lambda: service.ended == [("good", b'"news"')])
    assert answers(rabbitmq, service)


def test_who_publishes_is_not_stopped_by_the_queue_of_a_listener(broker):
    name = broker.unique("queue")
    declare_otherwise(broker, name)
    channel = ConfirmingChannel(broker.config)
    queue = broker.queue("other")
    its = type(queue)(name, broker.exchange, "key", durable=True)
    channel.declare([broker.exchange, its, type(queue)(queue.name, broker.exchange, "key")])
    channel.publish(broker.exchange.name, "key", b"{}", 1, mandatory=True)

    eventually(lambda: broker.depth(name) == 1 == broker.depth(queue.name))
    channel.close()


def test_an_exchange_that_exists_otherwise_cannot_be_published_to(broker):
    exchange = broker.queue().exchange
    channel = ConfirmingChannel(broker.config)
    with pytest.raises(BusUnavailable, match="PRECONDITION_FAILED"):
        channel.declare([type(exchange)(exchange.name, "fanout", durable=True)])


def test_a_start_is_not_held_up_by_the_queue_of_a_listener(rabbitmq, monkeypatch):
    heard = {"thing_happened.v1": [("listener", "on_thing_happened")]}
    monkeypatch.setattr("chassis.bus.rights.consumers_of", lambda _: heard)
    speaker = rabbitmq.unique("speaker")
    queue = f"evt-{speaker}-thing_happened.v1--listener.on_thing_happened"
    declare_otherwise(rabbitmq, queue)
    with wire.connection(rabbitmq.config) as connection:
        [otherwise] = use(connection, rabbitmq.config, speaker)
    assert queue in otherwise
    rabbitmq.declared.add(("queue", queue))


def test_an_answer_that_never_comes_ends_the_set_up(rabbitmq, proxy, monkeypatch):
    """A line that falls silent while queues are declared is left behind like any other."""
    monkeypatch.setattr("chassis.bus.declaring.PATIENCE", 0.5)
    queue = rabbitmq.queue()
    with wire.connection({**rabbitmq.config, "AMQP_URI": proxy.url}) as connection:
        connection.connect()
        proxy.fall_silent()
        with Stopwatch() as took, pytest.raises(TimeoutError):
            queues.Declarer(connection.channel).refusal(queue)
        connection.collect()
    assert took.seconds < 2
