"""Properties that no library of ours would write: the message is one like any other."""

import struct

import amqp
import pytest

from tests.conformance.broker import Inbox, eventually
from tests.conformance.services import Echo
from tests.conformance.test_malformed import BODY, lives

CONTENT_TYPE, HEADERS, CORRELATION_ID = 1 << 15, 1 << 13, 1 << 10  # bits of the property flags


def table(fields: bytes) -> bytes:
    return struct.pack(">I", len(fields)) + fields


def nested(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = b"\x01aF" + table(inner)
    return inner


UNREADABLE = {
    "a correlation id that is no UTF-8": struct.pack(">H", CORRELATION_ID) + b"\x03\xff\xfe\x00",
    "a content type that is no UTF-8": struct.pack(">H", CONTENT_TYPE) + b"\x01\xff",
    "a date beyond all calendars":
        struct.pack(">H", HEADERS) + table(b"\x01aT" + struct.pack(">Q", 2**63)),
    "a table in tables without end": struct.pack(">H", HEADERS) + table(nested(5_000)),
}  # fmt: skip


class Raw(amqp.Message):
    """A message whose properties are these bytes."""

    def __init__(self, body: bytes, properties: bytes) -> None:
        super().__init__(body)
        self._raw = properties

    def _serialize_properties(self) -> bytes:
        return self._raw


def send(broker, exchange, routing_key, message) -> None:
    channel = broker.connect().channel()
    arguments = (0, exchange, routing_key, False, False)
    channel.send_method(amqp.spec.Basic.Publish, "Bssbb", arguments, message)
    channel.basic_qos(0, 1, False)


@pytest.mark.parametrize("what", UNREADABLE)
@pytest.mark.parametrize("body", [BODY, b""])
def test_a_request_with_unreadable_properties_does_no_harm(rabbitmq, what, body):
    echo = rabbitmq.start(Echo)
    key = f"{echo.service_name}.echo"
    send(rabbitmq, rabbitmq.config["rpc_exchange"], key, Raw(body, UNREADABLE[what]))

    assert lives(rabbitmq, echo)
    assert lives(rabbitmq, echo)


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_message_with_unreadable_properties_keeps_its_body(rabbitmq, what):
    queue = rabbitmq.queue()
    box = Inbox(queue, rabbitmq.connect(), no_ack=True)
    send(rabbitmq, queue.exchange.name, "key", Raw(b"behind them", UNREADABLE[what]))

    (message,) = eventually(box.receive)
    assert bytes(message.body) == b"behind them"
    assert "correlation_id" not in message.properties
