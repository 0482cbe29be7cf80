"""A broker that restarts, raises an alarm, or takes less than we send. Needs a node of its own."""

import eventlet
import pytest
from nameko.exceptions import ConfigurationError

from chassis.bus.confirms import ConfirmingChannel
from chassis.errors import DeadlineExceeded
from chassis.rpc.client import ConnectionLost
from chassis.testing.nodes import RabbitNode
from tests.conformance.broker import Stopwatch, eventually
from tests.conformance.conftest import prepared
from tests.conformance.services import Echo


@pytest.fixture(scope="module")
def node(request):
    if request.config.getoption("--stack") == "embedded":
        pytest.skip("needs RabbitMQ")
    with RabbitNode() as node:
        yield node


@pytest.fixture
def own(node, monkeypatch):
    yield from prepared(node.url, monkeypatch)


def slow(client, echo, number, seconds, timeout):
    return client.rpc_client.call_async(
        echo.service_name,
        "slow",
        {"number": number, "seconds": seconds},
        headers={},
        timeout=timeout,
    )


def test_a_restart_of_the_broker_is_survived_by_all(own, node):
    echo, client = own.start(Echo), own.client()
    events = ConfirmingChannel(own.config)
    queue = own.queue(durable=True)
    events.publish(own.exchange.name, "key", b"{}", 1, mandatory=True)
    eventually(lambda: [outcome.tag for outcome in events.drain(1)] == [1])
    call = slow(client, echo, 1, 2, timeout=30)
    eventually(lambda: echo.service_cls.started)
    node.stop()
    with pytest.raises(ConnectionLost):
        call.result()
    with Stopwatch() as took, pytest.raises(ConnectionLost):
        client.call(echo.service_name, "echo", {"value": 1}, timeout=1, retry=False)
    assert took.seconds < 1.2
    node.start()
    assert client.call(echo.service_name, "echo", {"value": 1}, timeout=15) == 1
    assert own.depth(queue.name) == 1
    eventually(lambda: own.depth(f"rpc-{echo.service_name}") == 0)
    events.publish(own.exchange.name, "key", b"{}", 2, mandatory=True)
    eventually(lambda: [outcome.tag for outcome in events.drain(1)] == [2])
    events.close()


def test_an_alarm_of_the_broker_keeps_the_deadline(own, node):
    echo, client = own.start(Echo), own.client()
    node.ctl("set_vm_memory_high_watermark", "absolute", "1MB")
    try:
        eventlet.sleep(0.5)
        with Stopwatch() as took, pytest.raises(DeadlineExceeded):
            slow(client, echo, 1, 0, timeout=1).result()
        assert took.seconds < 1.2
        with Stopwatch() as took, pytest.raises(ConnectionLost):
            slow(client, echo, 2, 0, timeout=1)
        assert took.seconds < 0.3  # refused at once, and nothing is sent
    finally:
        node.ctl("set_vm_memory_high_watermark", "absolute", "1GB")
    assert client.call(echo.service_name, "echo", {"value": 1}, timeout=15) == 1
    assert 2 not in echo.service_cls.started


def test_a_broker_that_takes_less_than_we_send_is_refused_at_the_start(own, node):
    def limit(size):
        env = f"application:set_env(rabbit, max_message_size, {size}),"
        node.ctl("eval", f"{env} persistent_term:put(max_message_size, {size}).")

    limit(500_000)
    try:
        container = own.start(Echo)
        with pytest.raises(ConfigurationError, match="refuses 1000000 bytes"):
            container.wait()
    finally:
        limit(134_217_728)
