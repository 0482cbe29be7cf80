"""Frames packed in one go are, byte for byte, what py-amqp makes of the same message."""

import struct
from datetime import UTC, datetime
from decimal import Decimal

import amqp
import pytest
from amqp import spec
from amqp.exceptions import FrameSyntaxError
from amqp.method_framing import frame_writer
from amqp.serialization import dumps

from chassis.bus import packing

CHANNEL = 7
TEXTS = (
    "content_type", "content_encoding", "correlation_id", "reply_to", "expiration", "message_id",
    "type", "user_id", "app_id", "cluster_id",
)  # fmt: skip
EVERY_KIND = {
    "text": "späte Größe \N{SNOWMAN} \ud800",
    "yes": True,
    "number": 1,
    "large": 2**40,
    "instant": 1764370000.25,
    "texts": ["a", "b"],
    "mixed": ["a", 1, 2.5, None, ["deep"]],
    "none": None,
    "table": {"inner": "text"},
    "date": datetime(2026, 11, 28, tzinfo=UTC),
    "price": Decimal("1.25"),
    "bytes": b"\0\xff",
}
MESSAGES = {
    "no properties": {},
    "a reply": {"content_type": "application/json", "delivery_mode": 1, "correlation_id": "12"},
    "an empty text": {"correlation_id": ""},
    "no headers": {"application_headers": {}},
    "headers of every kind": {"application_headers": EVERY_KIND},
    "what is None is left out": {"reply_to": None, "expiration": "10000"},
    "all properties": {
        **{name: f"its {name}" for name in TEXTS},
        "application_headers": {"a": "b"},
        "delivery_mode": 2,
        "priority": 9,
        "timestamp": 1764370000,
    },
}


class Wire:
    """What py-amqp's writer of frames asks of a connection and a transport."""

    bytes_sent = 0

    def __init__(self, frame_max):
        self.frame_max = frame_max
        self.written = b""

    def write(self, data):
        self.written += bytes(data)


def by_amqp(method, arguments, content=None, frame_max=131_072):
    wire = Wire(frame_max)
    frame_writer(wire, wire)(packing.METHOD, CHANNEL, method, arguments, content)
    return wire.written


def published_by_amqp(properties, body, frame_max=131_072, mandatory=False):
    arguments = dumps("Bssbb", (0, "exchange", "key", mandatory, False))
    return by_amqp(spec.Basic.Publish, arguments, amqp.Message(body, **properties), frame_max)


def published(properties, body, frame_max=131_072, mandatory=False):
    return packing.publish(CHANNEL, frame_max, "exchange", "key", mandatory, properties, body)


@pytest.mark.parametrize("what", MESSAGES)
def test_a_message_is_the_same_bytes(what):
    assert published(MESSAGES[what], b"{}") == published_by_amqp(MESSAGES[what], b"{}")


@pytest.mark.parametrize("mandatory", [True, False])
def test_a_message_is_mandatory_or_not(mandatory):
    theirs = published_by_amqp({}, b"{}", mandatory=mandatory)
    assert published({}, b"{}", mandatory=mandatory) == theirs


@pytest.mark.parametrize("size", [0, 1, 4087, 4088, 4089, 10_000])
def test_a_body_is_cut_into_frames_as_long_as_they_may_be(size):
    body = bytes(range(256)) * 40
    assert published({}, body[:size], 4096) == published_by_amqp({}, body[:size], 4096)


@pytest.mark.parametrize("multiple", [True, False])
def test_an_acknowledgement_is_the_same_bytes(multiple):
    theirs = by_amqp(spec.Basic.Ack, dumps("Lb", (2**33, multiple)))
    assert packing.ack(CHANNEL, 2**33, multiple) == theirs


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(struct.error):
        published({"correlation_id": "x" * 256}, b"{}")


def test_a_header_that_amqp_has_no_type_for_is_refused():
    with pytest.raises(FrameSyntaxError):
        published({"application_headers": {"what": object()}}, b"{}")
