"""Whatever is put into a service's request queue, the service lives and answers the next one."""

import time

import kombu
import pytest

from chassis.bus import wire
from chassis.errors import ChassisError, from_wire
from tests.conformance.broker import Inbox, eventually
from tests.conformance.services import Echo

GOOD = {"content_type": "application/json", "content_encoding": "utf-8", "correlation_id": "1"}
BODY = b'{"args":[],"kwargs":{"value":1}}'


def send(broker, echo, body, properties, method="echo"):
    channel = broker.connect().channel()
    key = f"{echo.service_name}.{method}"
    wire.publish(channel, broker.config["rpc_exchange"], key, body, **properties)
    channel.basic_qos(0, 1, False)


def lives(broker, echo):
    queue = f"rpc-{echo.service_name}"
    answer = broker.client().call(echo.service_name, "echo", {"value": 1}, retry=False)
    return answer == 1 and broker.depth(queue) == 0


def answer_to(broker, echo, body, **properties):
    """The error that a request gets which is complete but for ``body`` or ``properties``."""
    box = Inbox(broker.queue("replies"), broker.connect(), no_ack=True)
    reply_to = {"reply_to": broker.unique("replies")}
    broker.queue("replies", reply_to["reply_to"], exchange=rpc_exchange(broker))
    send(broker, echo, body, {**GOOD, **reply_to, **properties})
    (message,) = eventually(box.receive)
    return from_wire(message.payload["error"])


def rpc_exchange(broker):
    return kombu.Exchange(broker.config["rpc_exchange"], "topic", durable=True)


@pytest.fixture
def echo(broker):
    return broker.start(Echo)


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1]", b"5", b"null", b'{"args":5,"kwargs":{}}', b'{"args":[]}', b'{"kwargs":{}}',
     b'{"args":[1],"kwargs":{}}', b'{"args":[],"kwargs":[]}', b"\xff\xfe", b""],
)  # fmt: skip
def test_a_body_that_is_no_request_is_refused(broker, echo, body):
    assert answer_to(broker, echo, body).code == "malformed_request"
    assert lives(broker, echo)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {**GOOD, "content_type": "application/x-python-serialize", "reply_to": "nowhere"},
        GOOD,
        {"content_type": "application/json", "reply_to": "nowhere"},
        {**GOOD, "reply_to": "amq.rabbitmq.reply-to.nonsense"},
        {**GOOD, "reply_to": "nowhere", "application_headers": {"compression": "nonsense"}},
        {**GOOD, "reply_to": "nowhere", "application_headers": {"compression": "zlib"}},
    ],
)
@pytest.mark.parametrize("method", ["echo", "nothing"])
def test_properties_that_fit_no_request_do_no_harm(broker, echo, properties, method):
    send(broker, echo, BODY, properties, method)
    assert lives(broker, echo)


def test_a_compression_header_unpacks_nothing(broker, echo):
    box = Inbox(broker.queue("replies"), broker.connect(), no_ack=True)
    broker.queue("replies", broker.unique("replies"), exchange=rpc_exchange(broker))
    headers = {"application_headers": {"compression": "zlib"}}
    send(broker, echo, BODY, {**GOOD, "reply_to": broker.unique("replies"), **headers})
    (message,) = eventually(box.receive)
    assert message.payload == {"result": 1, "error": None}


def test_a_request_that_cannot_be_answered_is_not_executed(broker, echo):
    send(broker, echo, b'{"args":[],"kwargs":{"number":1,"seconds":0}}', GOOD, "slow")
    assert lives(broker, echo)
    assert echo.service_cls.started == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("call_id_stack", 5),
        ("call_id_stack", [1]),
        ("call_id_stack", "caller"),
        ("call_id_stack", [""]),
        ("call_id_stack", ["caller"] * 21),
        ("call_id_stack", ["x" * 501]),
        ("access_token", 5),
        ("access_token", ""),
        ("access_token", "x" * 4096),
        ("access_token", "x" * 100_000),
        ("access_token", "to\0ken"),
        ("access_token", "to\ud800ken"),
        ("call_id_stack", ["cal\0ler"]),
        ("call_id_stack", ["call\ud800er"]),
        ("key_call_id", "c\0all"),
        ("idempotency_key", "k" * 100_000),
        ("idempotency_key", "k\0ey"),
        ("idempotency_key", "k\ud800ey"),
        ("idempotency_key", ["key"]),
        ("idempotency_key", "k" * 201),
        ("deadline", "soon"),
        ("deadline", "nan"),
        ("deadline", "inf"),
        ("deadline", True),
        ("deadline", []),
    ],
)
def test_a_header_of_the_wrong_type_or_size_is_refused(broker, echo, name, value):
    headers = {f"nameko.{name}": value}
    assert answer_to(broker, echo, BODY, application_headers=headers).kind == "bad_request"
    assert lives(broker, echo)


@pytest.mark.parametrize("correlation_id", ["a\0b", "\ud800", "a\nb", "x" * 255, ""])
def test_a_correlation_id_is_given_back_as_it_came(broker, echo, correlation_id):
    box = Inbox(broker.queue("replies"), broker.connect(), no_ack=True)
    name = broker.unique("replies")
    broker.queue("replies", name, exchange=rpc_exchange(broker))
    send(broker, echo, BODY, {**GOOD, "reply_to": name, "correlation_id": correlation_id})

    (message,) = eventually(box.receive)
    assert message.payload == {"result": 1, "error": None}
    assert message.properties.get("correlation_id", "") == correlation_id
    assert lives(broker, echo)


@pytest.mark.parametrize("deadline", [1, "1", "1.5", 1.5, -1])
def test_a_deadline_in_the_past_is_refused(broker, echo, deadline):
    headers = {"nameko.deadline": deadline}
    error = answer_to(broker, echo, BODY, application_headers=headers)
    assert (error.kind, error.code) == ("deadline_exceeded", "deadline_exceeded")


def test_the_same_request_twice_is_executed_twice(broker, echo):
    """The bus delivers at least once; the idempotency key is what makes it once in effect."""
    replies = {**GOOD, "reply_to": "nowhere"}
    for _ in range(2):
        send(broker, echo, b'{"args":[],"kwargs":{"number":1,"seconds":0}}', replies, "slow")
    eventually(lambda: echo.service_cls.ended == [1, 1])


def test_a_reply_that_cannot_be_read_is_an_error(broker):
    """Somebody else answers for the service."""
    name = broker.unique("impostor")
    queue = broker.queue("impostor", f"{name}.*", exchange=rpc_exchange(broker))
    connection = broker.connect()
    consumer = Inbox(queue, connection, no_ack=True)
    client = broker.client()
    for body in (b"", b"{", b"[]", b'{"result":1}', b'{"result":1,"error":"x"}'):
        call = client.rpc_client.call_async(name, "echo", {}, headers={}, timeout=3)
        (request,) = eventually(consumer.receive)
        channel = connection.default_channel
        reply_to, call_id = request.properties["reply_to"], request.properties["correlation_id"]
        wire.publish(channel, "", reply_to, body, correlation_id=call_id)
        with pytest.raises(ChassisError) as caught:
            call.result()
        assert caught.value.kind == "internal"
    assert len(client.rpc_client.pending) == 0


def test_replies_to_nobody_do_no_harm(broker, echo):
    client = broker.client()
    call = client.rpc_client.call_async(
        echo.service_name, "slow", {"number": 1, "seconds": 0.1}, headers={}, timeout=3
    )
    client.rpc_client.pending.discard(call.id)
    time.sleep(0.2)
    assert client.call(echo.service_name, "echo", {"value": 1}) == 1
