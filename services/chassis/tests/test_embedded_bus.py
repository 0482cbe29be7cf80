"""What only the embedded bus has: independence, confirms that mean handled, no leaks."""

import secrets
import subprocess
import sys

import eventlet
import kombu
import pytest
from amqp.exceptions import PreconditionFailed
from eventlet import tpool

from chassis.bus import wire
from chassis.bus.confirms import ConfirmingChannel
from chassis.bus.embedded.broker import Bus
from chassis.rpc.container import Container
from chassis.rpc.server import rpc
from chassis.rpc.standalone import Client


class Where:
    name = "where"
    bus: str

    @rpc
    def am_i(self):
        return self.bus


@pytest.fixture
def start():
    containers = []

    def start(bus):
        service = type("Where", (Where,), {"bus": bus})
        containers.append(Container(service, {"AMQP_URI": f"embedded://{bus}"}))
        containers[-1].start()

    with eventlet.Timeout(10):
        yield start
        for container in containers:
            container.stop()


def ask(bus):
    with Client({"AMQP_URI": f"embedded://{bus}"}) as client:
        return client.call("where", "am_i", {})


@pytest.fixture
def config():
    return {"AMQP_URI": f"embedded://{secrets.token_hex(8)}"}


@pytest.fixture
def relay(config):
    """A confirming channel with an exchange and two queues: ``one`` and ``two``."""
    channel = ConfirmingChannel(config)
    exchange = kombu.Exchange("events", "topic", durable=True)
    channel.declare([kombu.Queue(name, exchange, name, durable=True) for name in ("one", "two")])
    channel.declare([kombu.Queue(name, exchange, "both", durable=True) for name in ("one", "two")])
    yield channel
    channel.close()


def taken(config, queue):
    """The next message of the queue, not settled yet."""
    connection = wire.connection(config)
    message = kombu.Queue(queue)(connection.channel()).get()
    assert message is not None
    return message


def states(relay):
    return [outcome.state for outcome in relay.drain(0.05)]


def test_buses_are_independent(start):
    for bus in ("one", "two", "two/blue"):
        start(bus)
    assert [ask("one"), ask("two"), ask("two/blue")] == ["one", "two", "two/blue"]


def test_an_event_is_confirmed_when_its_handler_is_done_and_not_before(config, relay):
    relay.publish("events", "one", b"{}", "tag", mandatory=True)
    assert states(relay) == []
    message = taken(config, "one")
    assert states(relay) == []
    message.ack()
    assert states(relay) == ["confirmed"]


def test_an_event_for_two_is_confirmed_when_both_are_done(config, relay):
    relay.publish("events", "both", b"{}", "tag", mandatory=True)
    taken(config, "one").ack()
    assert states(relay) == []
    taken(config, "two").ack()
    assert states(relay) == ["confirmed"]


def test_a_refused_event_is_done_and_a_requeued_one_is_not(config, relay):
    relay.publish("events", "one", b"{}", "tag", mandatory=True)
    taken(config, "one").requeue()
    assert states(relay) == []
    taken(config, "one").reject()
    assert states(relay) == ["confirmed"]


def test_an_event_whose_handler_died_is_not_confirmed(config, relay):
    relay.publish("events", "one", b"{}", "tag", mandatory=True)
    taken(config, "one").channel.connection.close()
    assert states(relay) == []
    assert taken(config, "one").delivery_info["redelivered"]


def test_an_event_that_nobody_can_handle_any_more_is_done(config, relay):
    relay.publish("events", "both", b"{}", "tag", mandatory=True)
    held = taken(config, "one")
    with wire.connection(config) as connection:
        connection.default_channel.queue_delete("one")
        connection.default_channel.queue_purge("two")
    assert states(relay) == []
    held.requeue()
    assert states(relay) == ["confirmed"]


def test_confirms_come_in_the_order_of_handling(config, relay):
    for tag in ("one", "two"):
        relay.publish("events", tag, b"{}", tag, mandatory=True)
    taken(config, "two").ack()
    assert [outcome.tag for outcome in relay.drain(0.05)] == ["two"]
    taken(config, "one").ack()
    assert [outcome.tag for outcome in relay.drain(0.05)] == ["one"]


def test_a_publisher_that_hung_up_is_not_told(config, relay):
    relay.publish("events", "one", b"{}", "tag")
    relay.close()
    taken(config, "one").ack()
    assert len(relay) == 0


def test_purging_keeps_the_topology(config, relay):
    bus = Bus.named[config["AMQP_URI"].removeprefix("embedded://")]
    relay.publish("events", "one", b"{}", "tag")
    bus.purge()
    assert not bus.queues["one"].ready
    relay.publish("events", "one", b"{}", "tag")
    assert len(bus.queues["one"].ready) == 1


def test_services_reconnect(start):
    start("shaky")
    assert ask("shaky") == "shaky"
    Bus.named["shaky"].disconnect_all()
    assert not Bus.named["shaky"].connections
    assert ask("shaky") == "shaky"


def test_clients_leave_nothing_behind(start):
    start("tidy")
    bus = Bus.named["tidy"]
    before = len(bus.connections), set(bus.queues)
    for _ in range(5):
        ask("tidy")
    assert (len(bus.connections), set(bus.queues)) == before


def test_a_second_thread_is_refused(start):
    start("single")
    with pytest.raises(RuntimeError, match="second OS thread"):
        tpool.execute(wire.connection({"AMQP_URI": "embedded://single"}).connect)


def test_what_is_not_there_fails_loudly(config):
    with wire.connection(config) as connection:
        with pytest.raises(NotImplementedError):
            kombu.Queue("q", queue_arguments={"x-max-length": 1})(connection).declare()
        with pytest.raises(NotImplementedError):
            kombu.Exchange("x", "headers")(connection).declare()
        with pytest.raises(NotImplementedError):
            connection.default_channel.send_method((90, 10))
        with pytest.raises(NotImplementedError):
            connection.default_channel.basic_qos(0, 1, apply_global=True)


def test_what_only_means_something_on_disk_is_accepted(config):
    arguments = {"x-queue-type": "quorum", "x-delivery-limit": 4}
    with wire.connection(config) as connection:
        kombu.Queue("q", durable=True, queue_arguments=arguments)(connection).declare()


def test_a_direct_reply_needs_who_waits_for_it(config):
    with wire.connection(config) as connection, pytest.raises(PreconditionFailed):
        wire.publish(connection.default_channel, "", "q", b"", reply_to="amq.rabbitmq.reply-to")


IDLE = """
import chassis.patch
import time, eventlet
from chassis.rpc.container import Container
from chassis.rpc.server import rpc

class Service:
    @rpc
    def ping(self): return 1

for number in range(5):
    service = type("Service", (Service,), {"name": f"idle{number}"})
    Container(service, {"AMQP_URI": "embedded://idle"}).start()
eventlet.sleep(0.2)
before = time.process_time()
eventlet.sleep(3)
print(time.process_time() - before)
"""


def test_five_idle_services_cost_less_than_one_percent_of_a_core():
    ran = subprocess.run([sys.executable, "-c", IDLE], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 0.03
