"""Services that consume: events, redelivery, limits, stopping."""

import eventlet
import pytest

from chassis.errors import ChassisError
from tests.conformance.broker import Stopwatch, eventually
from tests.conformance.services import Caller, Echo, subscribe


def listener(broker, routing_key="#", **options):
    """A service that notes each event, and takes as long as the event says."""

    class Listener:
        name = "listener"
        messages: list

        @subscribe(broker.exchange.name, routing_key, **options)
        def on_event(self, message):
            self.started.append(int(message.body))
            eventlet.sleep(float(message.headers.get("seconds", 0)))
            self.ended.append((int(message.body), message.delivery_info["redelivered"]))

    return Listener


def publish(broker, *numbers, seconds=0.0):
    broker.publish(*numbers, persistent=True, application_headers={"seconds": str(seconds)})


def queue_of(container):
    return f"{container.service_name}.on_event"


def test_each_event_is_handled_once_in_order(broker):
    container = broker.start(listener(broker), max_workers=1)
    publish(broker, *range(100))
    eventually(lambda: len(container.service_cls.ended) == 100)
    assert container.service_cls.ended == [(number, False) for number in range(100)]
    assert broker.depth(queue_of(container)) == 0


def test_events_wait_for_a_stopped_service(broker):
    container = broker.start(listener(broker))
    container.stop()
    publish(broker, 1)
    again = broker.start_again(container.service_cls)
    eventually(lambda: again.service_cls.ended == [(1, False)])


def test_two_processes_of_a_service_share_its_events(broker):
    first = broker.start(listener(broker), max_workers=1)
    broker.start_again(first.service_cls, max_workers=1)
    publish(broker, 1, 2, seconds=0.2)
    with Stopwatch() as took:
        eventually(lambda: len(first.service_cls.ended) == 2)
    assert took.seconds < 0.39


def test_what_a_killed_service_had_begun_is_done_by_another(broker):
    first = broker.start(listener(broker))
    publish(broker, 1, seconds=0.5)
    eventually(lambda: first.service_cls.started == [1])
    first.kill()
    broker.start_again(first.service_cls)
    eventually(lambda: first.service_cls.ended == [(1, True)])
    assert first.service_cls.started == [1, 1]


def test_a_refused_event_is_dropped_and_the_next_is_handled(broker):
    container = broker.start(listener(broker))
    broker.publish({"not": "a number"}, persistent=True)
    publish(broker, 2)
    eventually(lambda: container.service_cls.ended == [(2, False)])
    assert broker.depth(queue_of(container)) == 0


def test_a_provider_that_raises_stops_neither_the_service_nor_the_others(broker):
    class Careless:
        name = "careless"

        @subscribe(broker.exchange.name)
        def on_event(self, message):
            self.ended.append(message.body)

    container = broker.start(Careless)
    (entrypoint,) = container.entrypoints
    take = entrypoint.on_message
    entrypoint.on_message = lambda message: take(message) if message.body != b"1" else 1 / 0
    publish(broker, 1, 2)
    eventually(lambda: container.service_cls.ended == [b"2"])


def test_a_provider_may_hold_fewer_than_there_are_workers(broker):
    class Both:
        name = "both"

        @subscribe(broker.exchange.name, "few", prefetch=2)
        def on_few(self, message):
            self.started.append("few")
            eventlet.sleep(0.3)

        @subscribe(broker.exchange.name, "many")
        def on_many(self, message):
            self.started.append("many")
            eventlet.sleep(0.3)

    container = broker.start(Both, max_workers=10)
    for key in ("few", "many"):
        broker.publish(*range(5), routing_key=key)
    eventually(lambda: container.service_cls.started.count("many") == 5)
    assert container.service_cls.started.count("few") == 2


def test_a_stop_lets_the_running_handler_finish_and_settle(broker):
    container = broker.start(listener(broker))
    publish(broker, 1, seconds=0.4)
    eventually(lambda: container.service_cls.started == [1])
    with Stopwatch() as took:
        container.stop()
    assert container.service_cls.ended == [(1, False)]
    assert broker.depth(queue_of(container)) == 0
    assert took.seconds < 1


@pytest.mark.parametrize("workers", [1, 10])
def test_a_stop_lets_the_running_call_finish_and_answer(broker, workers):
    container = broker.start(Echo, max_workers=workers)
    client = broker.client()
    request = {"number": 1, "seconds": 0.4}
    call = client.rpc_client.call_async(
        container.service_name, "slow", request, headers={}, timeout=5
    )
    eventually(lambda: container.service_cls.started == [1])
    container.stop()
    assert call.result() == 1
    assert broker.depth(f"rpc-{container.service_name}") == 0


def test_a_stop_lets_the_running_handler_call_others(broker):
    echo, caller = broker.start(Echo), broker.start(Caller)
    question = {"number": 1, "seconds": 0.3}
    call = broker.client().rpc_client.call_async(
        caller.service_name,
        "ask",
        {"service": echo.service_name, "method": "slow", "kwargs": question},
        headers={},
        timeout=5,
    )
    eventually(lambda: echo.service_cls.started == [1])
    caller.stop()
    assert call.result() == 1


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_an_idle_service_ends_at_once(broker, how):
    class Everything(Caller, listener(broker)):
        name = "everything"

    container = broker.start(Everything)
    echo = broker.start(Echo)
    question = {"service": echo.service_name, "method": "echo", "kwargs": {"value": 1}}
    assert broker.client().call(container.service_name, "ask", question) == 1
    with Stopwatch() as took:
        getattr(container, how)()
    assert took.seconds < 0.5
    container.wait()


def test_a_dependency_that_fails_is_an_error_and_not_the_end(broker):
    class Fragile(Echo):
        name = "fragile"

    container = broker.start(Fragile)
    client = broker.client()
    (provider,) = container.dependencies

    def fail(*_):
        raise ValueError("broken")

    hooks = ("get_dependency", "worker_setup", "worker_result", "worker_teardown")
    for hook in hooks:
        working = getattr(provider, hook)
        setattr(provider, hook, fail)
        answered_before_it_fails = hook in hooks[2:]
        if answered_before_it_fails:
            assert client.call(container.service_name, "echo", {"value": 1}) == 1
        else:
            with pytest.raises(ChassisError) as caught:
                client.call(container.service_name, "echo", {"value": 1})
            assert caught.value.kind == "internal"
        setattr(provider, hook, working)
    assert client.call(container.service_name, "echo", {"value": 2}) == 2
