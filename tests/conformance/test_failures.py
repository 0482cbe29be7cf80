"""What only a network and a broker can do to us."""

import struct

import eventlet
import pytest
from nameko.exceptions import ConfigurationError

from chassis.bus import frames, wire
from chassis.bus.wire import BusUnavailable
from chassis.errors import DeadlineExceeded
from chassis.rpc import standalone
from chassis.rpc.client import ConnectionLost
from tests.conformance.broker import Stopwatch, eventually
from tests.conformance.proxy import Proxy
from tests.conformance.services import Echo

PUBLISH, ACK = struct.pack(">HH", 60, 40), struct.pack(">HH", 60, 80)  # class, method


@pytest.fixture
def far(rabbitmq, proxy):
    """Configuration of who talks to the broker through the proxy."""
    return {"AMQP_URI": proxy.url}


def slow(client, echo, number, seconds, timeout=5.0):
    return client.rpc_client.call_async(
        echo.service_name,
        "slow",
        {"number": number, "seconds": seconds},
        headers={},
        timeout=timeout,
    )


def echoed(client, echo, **options):
    return client.call(echo.service_name, "echo", {"value": 1}, **options)


def test_the_reply_is_sent_before_the_ack_and_after_the_work(rabbitmq, proxy, far):
    echo = rabbitmq.start(Echo, **far)
    client = rabbitmq.client()
    echoed(client, echo)
    eventually(lambda: ACK in proxy.sent)
    proxy.sent.clear()
    call = slow(client, echo, 1, 0.2)
    eventually(lambda: echo.service_cls.started == [1])
    eventlet.sleep(0.1)
    assert ACK not in proxy.sent
    call.result()
    eventually(lambda: ACK in proxy.sent)
    assert 0 < proxy.sent.find(PUBLISH) < proxy.sent.find(ACK)


def test_a_cut_line_of_the_caller_is_an_error_at_once_and_then_mended(rabbitmq, proxy, far):
    echo, client = rabbitmq.start(Echo), rabbitmq.client(**far)
    call = slow(client, echo, 1, 0.5)
    eventually(lambda: echo.service_cls.started)
    proxy.cut()
    with Stopwatch() as took, pytest.raises(ConnectionLost):
        call.result()
    assert took.seconds < 0.5
    assert len(client.rpc_client.pending) == 0
    assert echoed(client, echo, retry=False) == 1  # waits for the reconnect


def test_a_repeatable_call_survives_a_cut_line_of_the_caller(rabbitmq, proxy, far):
    echo, client = rabbitmq.start(Echo), rabbitmq.client(**far)
    eventlet.spawn_after(0.2, proxy.cut)
    request = {"number": 1, "seconds": 0.5}
    assert client.call(echo.service_name, "slow", request, timeout=8, retry=True) == 1


def test_a_cut_line_of_the_service_runs_the_request_again(rabbitmq, proxy, far):
    """At least once, as promised; the idempotency key makes it once in effect."""
    echo, client = rabbitmq.start(Echo, **far), rabbitmq.client()
    call = slow(client, echo, 1, 0.6)
    eventually(lambda: echo.service_cls.started == [1])
    proxy.cut()
    assert call.result() == 1
    assert echo.service_cls.started == [1, 1]
    eventually(lambda: rabbitmq.depth(f"rpc-{echo.service_name}") == 0)


def test_many_cuts_in_a_row_are_survived_by_both(rabbitmq, proxy, far):
    echo, client = rabbitmq.start(Echo, **far), rabbitmq.client(**far)
    for _ in range(4):
        proxy.cut()
        eventlet.sleep(0.1)
    assert echoed(client, echo, timeout=10) == 1


def test_a_stuck_line_keeps_the_deadline(rabbitmq, proxy, far, monkeypatch):
    """Even with more to send than the sockets take; the line is dropped, then made anew."""
    monkeypatch.setattr(frames, "WRITE_TIMEOUT", 1.0)
    echo, client = rabbitmq.start(Echo), rabbitmq.client(**far)
    proxy.fall_silent()
    calls = []
    with Stopwatch() as took:
        for _ in range(30):
            request = {"value": "x" * 900_000}
            options = {"headers": {}, "timeout": 0.5}
            calls.append(
                client.rpc_client.call_async(echo.service_name, "echo", request, **options)
            )
        for call in calls:
            with pytest.raises((DeadlineExceeded, ConnectionLost)):
                call.result()
    assert took.seconds < 1.5
    assert len(client.rpc_client.pending) == 0
    assert echoed(client, echo, timeout=10) == 1


def test_a_call_without_answer_is_sent_again(rabbitmq, proxy, far):
    """The first request of two is swallowed; the second one is answered."""
    client = rabbitmq.client()
    echo = rabbitmq.start(Echo)
    (consumer,) = {entrypoint.rpc_consumer for entrypoint in echo.entrypoints}
    take, swallowed = consumer.on_message, []

    def swallow_one(message):
        if swallowed:
            return take(message)
        swallowed.append(message)
        return message.ack()

    consumer.on_message = swallow_one
    with Stopwatch() as took:
        assert echoed(client, echo, timeout=3, retry=True) == 1
    assert 1.4 < took.seconds < 2


def test_a_service_stops_while_the_broker_is_away(rabbitmq, proxy, far):
    echo = rabbitmq.start(Echo, **far)
    proxy.refuse()
    eventlet.sleep(0.3)
    with Stopwatch() as took:
        echo.stop()
    assert took.seconds < 3


def test_a_service_stops_although_its_line_fell_silent(rabbitmq, proxy, far, monkeypatch):
    monkeypatch.setattr(wire, "HANDSHAKE", 0.3)
    echo = rabbitmq.start(Echo, **far)
    proxy.fall_silent()
    with Stopwatch() as took:
        echo.stop()
    assert took.seconds < 3


def test_a_service_waits_for_a_broker_that_starts_later(rabbitmq, proxy, far):
    proxy.refuse()
    starting = eventlet.spawn(rabbitmq.start, Echo, **far)
    eventlet.sleep(0.5)
    assert not starting.dead
    proxy.accept()
    assert echoed(rabbitmq.client(), starting.wait()) == 1


def test_a_service_that_waits_for_its_broker_can_be_stopped(rabbitmq, proxy, far):
    proxy.refuse()
    container = rabbitmq.prepare(Echo, **far)
    starting = eventlet.spawn(container.start)
    eventlet.sleep(0.3)
    with Stopwatch() as took:
        container.stop()
    assert took.seconds < 3
    starting.wait()
    container.wait()


def test_a_program_is_told_that_there_is_no_broker(rabbitmq, proxy, far, monkeypatch):
    monkeypatch.setattr(standalone, "CONNECT_TIMEOUT", 0.5)
    proxy.refuse()
    with Stopwatch() as took, pytest.raises(BusUnavailable), standalone.Client(far):
        pass
    assert took.seconds < 4


def test_a_queue_that_exists_otherwise_ends_the_start(rabbitmq):
    service = type("Echo", (Echo,), {"name": rabbitmq.unique("echo")})
    rabbitmq.connect().channel().queue_declare(
        f"rpc-{service.name}", durable=False, auto_delete=False
    )
    container = rabbitmq.start_again(service)
    with pytest.raises(ConfigurationError, match=f"rpc-{service.name}"):
        container.wait()
    rabbitmq.connect().channel().queue_delete(f"rpc-{service.name}")


def test_a_line_that_falls_silent_is_left_behind(rabbitmq):
    """A half-open line is noticed by its heartbeat, and goodbye does not wait for it."""
    proxy = Proxy(rabbitmq.url)
    echo = rabbitmq.start(Echo, AMQP_URI=proxy.url, HEARTBEAT=1)
    proxy.fall_silent()
    (consumer,) = {entrypoint.rpc_consumer.queue_consumer for entrypoint in echo.entrypoints}
    eventually(lambda: not consumer.is_connected, timeout=8)
    eventually(lambda: consumer.is_connected)
    assert echoed(rabbitmq.client(), echo, timeout=10) == 1
    echo.stop()
    proxy.close()
