"""Calls between services: answers, errors, deadlines."""

import time

import eventlet
import pytest

from chassis.bus.wire import MAX_BODY, MessageTooLarge
from chassis.errors import ChassisError, DeadlineExceeded
from chassis.rpc.client import UnknownService
from tests.conformance.broker import Stopwatch, eventually
from tests.conformance.services import Caller, Echo


@pytest.fixture
def echo(broker):
    return broker.start(Echo)


@pytest.fixture
def client(broker):
    return broker.client()


def code_of(client, service, method, **kwargs):
    with pytest.raises(ChassisError) as caught:
        client.call(service.service_name, method, kwargs, timeout=5)
    return caught.value.code


def send(client, service, method, timeout, **kwargs):
    return client.rpc_client.call_async(
        service.service_name, method, kwargs, headers={}, timeout=timeout
    )


def test_an_answer_comes_back_as_json(client, echo):
    value = {"a": [1, None, "ü", 0.5, True]}
    assert client.call(echo.service_name, "echo", {"value": value}) == value
    assert len(client.rpc_client.pending) == 0


def test_a_service_calls_another(broker, client, echo):
    caller = broker.start(Caller)
    question = {"service": echo.service_name, "method": "echo", "kwargs": {"value": 7}}
    assert client.call(caller.service_name, "ask", question) == 7


def test_answers_may_come_in_another_order(client, echo):
    calls = [send(client, echo, "slow", 5, number=n, seconds=s) for n, s in [(1, 0.1), (2, 0)]]
    assert [call.result() for call in calls] == [1, 2]
    assert echo.service_cls.ended == [2, 1]


def test_a_refusal_keeps_kind_code_and_details(client, echo):
    with pytest.raises(ChassisError) as caught:
        client.call(echo.service_name, "refuse", {})
    error = caught.value
    assert (error.kind, error.code, error.message) == ("conflict", "conflict", "no more licenses")
    assert error.details == {"missing": 2}


def test_an_unforeseen_error_says_nothing_of_the_inside(client, echo):
    with pytest.raises(ChassisError) as caught:
        client.call(echo.service_name, "fail", {"text": "password"})
    assert caught.value.kind == "internal"
    assert "password" not in repr(caught.value)


def test_unknown_methods_and_other_arguments_are_refused(client, echo):
    assert code_of(client, echo, "nothing") == "unknown_method"
    assert code_of(client, echo, "echo") == "malformed_request"
    assert code_of(client, echo, "echo", value=1, more=2) == "malformed_request"


def test_the_caller_is_free_at_its_deadline_and_a_late_answer_does_no_harm(client, echo):
    with Stopwatch() as took, pytest.raises(DeadlineExceeded):
        client.call(
            echo.service_name, "slow", {"number": 1, "seconds": 1}, timeout=0.3, retry=False
        )
    assert 0.29 <= took.seconds < 0.9
    assert len(client.rpc_client.pending) == 0
    eventually(lambda: echo.service_cls.ended == [1])
    assert client.call(echo.service_name, "echo", {"value": 1}) == 1


def test_calls_that_nobody_waits_for_leave_nothing(client, echo):
    for number in range(20):
        send(client, echo, "slow", 0.2, number=number, seconds=0.4)
    assert len(client.rpc_client.pending) == 20
    eventlet.sleep(0.3)
    assert len(client.rpc_client.pending) == 0


def test_an_unknown_service_is_an_error_at_once(broker, client):
    with Stopwatch() as took, pytest.raises(UnknownService):
        client.call(broker.unique("nobody"), "echo", {}, timeout=5)
    assert took.seconds < 0.5
    assert len(client.rpc_client.pending) == 0


def test_what_a_stopped_service_was_asked_is_not_done_later(broker, client, echo):
    echo.stop()
    request = {"number": 1, "seconds": 0}
    with Stopwatch() as took, pytest.raises(DeadlineExceeded):
        client.call(echo.service_name, "slow", request, timeout=0.3, retry=False)
    assert took.seconds < 0.9
    eventually(lambda: broker.depth(f"rpc-{echo.service_name}") == 0)
    again = broker.start_again(echo.service_cls)
    assert client.call(again.service_name, "echo", {"value": 1}) == 1
    assert again.service_cls.started == []


def test_a_request_past_its_deadline_is_refused_and_not_done(client, echo):
    headers = {"nameko.deadline": time.time() - 1}
    call = client.rpc_client._request(
        echo.service_name, "slow", {"number": 1, "seconds": 0}, {}, timeout=5
    )
    call.headers.update(headers)
    with pytest.raises(DeadlineExceeded, match="before the request was begun"):
        client.rpc_client._send(call).result()
    assert echo.service_cls.started == []


@pytest.mark.parametrize("what", ["set", "surrogate", "loop", "object", "integer"])
def test_an_answer_that_json_cannot_say_is_an_error(client, echo, what):
    assert code_of(client, echo, "strange", what=what) == "reply_unreadable"
    assert client.call(echo.service_name, "echo", {"value": 1}) == 1


def test_an_answer_may_be_large_and_not_too_large(client, echo):
    room = MAX_BODY - len('{"result":"","error":null}')
    assert len(client.call(echo.service_name, "big", {"size": room})) == room
    assert code_of(client, echo, "big", size=room + 1) == "reply_too_large"
    assert echo.service_cls.started == [room, room + 1]  # done once each


def test_a_request_may_be_large_and_not_too_large(client, echo):
    room = MAX_BODY - len('{"args":[],"kwargs":{"value":""}}') - 1
    with pytest.raises(ChassisError) as caught:  # arrives, but its answer has a byte too many
        client.call(echo.service_name, "slow", {"number": "x" * (room - 20), "seconds": None})
    assert caught.value.kind == "internal"
    with pytest.raises(MessageTooLarge):
        client.call(echo.service_name, "echo", {"value": "x" * (room + 2)})


def test_no_more_than_max_workers_run_at_once(broker, client):
    echo = broker.start(Echo, max_workers=2)
    calls = [send(client, echo, "slow", 5, number=n, seconds=0.05) for n in range(6)]
    most = 0
    while len(echo.service_cls.ended) < 6:
        running = len(echo.service_cls.started) - len(echo.service_cls.ended)
        most = max(most, running)
        eventlet.sleep(0.005)
    assert most == 2
    assert [call.result() for call in calls] == list(range(6))


def test_the_context_arrives_and_nothing_else(client, echo):
    headers = {
        "access_token": "t" * 4095,
        "idempotency_key": "k" * 200,
        "call_id_stack": ["caller.1"],
        "is_admin": "yes",
    }
    context = client.call(echo.service_name, "what_came_with_me", {}, headers=headers, timeout=5)
    assert context.pop("deadline") == pytest.approx(time.time() + 5, abs=1)
    assert context.pop("call_id_stack")[0] == "caller.1"
    assert context == {"access_token": "t" * 4095, "idempotency_key": "k" * 200}
