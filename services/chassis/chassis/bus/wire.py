"""Writing messages to a connection that another greenthread is reading from.

py-amqp reads from the socket before it publishes and writes each frame by itself.  Here a
publish only writes, what all greenthreads write in one turn of the hub leaves in one system call,
and no writer ever waits for a slow socket: what the socket does not take at once is sent by a
greenthread of its own.
"""

import logging
import struct
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import amqp
import kombu
import orjson
from amqp import spec
from amqp.exceptions import FrameSyntaxError, RecoverableConnectionError
from amqp.method_framing import frame_handler as amqp_frame_handler
from amqp.method_framing import frame_writer as amqp_frame_writer
from amqp.transport import TCPTransport
from kombu.transport import pyamqp

from chassis.bounds import MAX_BODY as MAX_BODY
from chassis.bounds import MessageTooLarge as MessageTooLarge
from chassis.bounds import require_size
from chassis.bus import packing
from chassis.bus.frames import BROKEN as BROKEN
from chassis.bus.frames import FrameBuffer
from chassis.bus.reading import read_ahead
from chassis.errors import Unavailable

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/json"
HEARTBEAT = 8  # seconds; a line that is deaf for twice as long is given up
HANDSHAKE = 5.0  # seconds that opening or closing a channel or consumer may take


class BusUnavailable(Unavailable):
    """The broker cannot be reached, or the connection to it was lost."""

    code = "bus_unavailable"


def encode(payload: Any) -> bytes:
    """Return the payload as JSON. Raises MessageTooLarge, or TypeError for what JSON cannot say."""
    body = orjson.dumps(payload)
    require_size(body, MAX_BODY)
    return body


def publish(
    channel: Any,
    exchange: str,
    routing_key: str,
    body: bytes,
    *,
    mandatory: bool = False,
    persistent: bool = False,
    **properties: Any,
) -> None:
    """Write one message, without reading and without waiting. Raises what is in ``BROKEN``."""
    properties.setdefault("content_type", CONTENT_TYPE)
    properties.setdefault("content_encoding", "utf-8")
    properties["delivery_mode"] = 2 if persistent else 1
    if not isinstance(channel, amqp.Channel):
        channel.basic_publish(amqp.Message(body, **properties), exchange, routing_key, mandatory)
        return
    number, longest = channel.channel_id, _line_of(channel).frame_max
    _send(
        channel,
        packing.publish(number, longest, exchange, routing_key, mandatory, properties, body),
    )


def prepare(channel: Any) -> None:
    """Let messages come to this channel as they are, and be acknowledged without detours."""
    channel.auto_decode, channel.Message = False, Message
    if isinstance(channel, amqp.Channel):
        channel.basic_ack = partial(_ack, channel)


def _ack(channel: Any, delivery_tag: int, multiple: bool = False) -> None:
    _send(channel, packing.ack(channel.channel_id, delivery_tag, multiple))


def _send(channel: Any, frames: bytes) -> None:
    line = _line_of(channel)
    line.frame_buffer.send(frames)
    line.bytes_sent += 1  # py-amqp tells by it whether a heartbeat is due


def one_write(channel: Any) -> AbstractContextManager[None]:
    """Hold back what is published and acknowledged inside, so that it leaves together.

    Do not yield inside.
    """
    writing: AbstractContextManager[None] = _line_of(channel).frame_buffer.one_write()
    return writing


def _line_of(channel: Any) -> Any:
    if channel.connection is None:
        raise RecoverableConnectionError("the connection was closed")
    return channel.connection


def deal_with_rest(channel: Any) -> None:
    """Deal with all that has been read with the last message, without asking the socket again.

    Not for who waits for one answer: what follows it may need what is done with it.
    """
    line = _line_of(channel)
    reader = getattr(line, "frame_reader", None)  # TLS and the embedded bus have none
    while reader and (frame := reader.read_already()):
        line.on_inbound_frame(frame)


def wake(channel: Any) -> None:
    """Let the greenthread that reads this channel's connection return from its reading.

    ``flow`` with True changes nothing, and its answer is something to read.
    """
    try:
        channel.send_method(spec.Channel.Flow, "b", (True,))
    except BROKEN:
        log.debug("nobody to wake: the connection is gone")


def connection(config: Mapping[str, Any], **callbacks: Any) -> kombu.Connection:
    """Return an unopened connection by nameko's configuration keys; ``callbacks`` are py-amqp's."""
    return kombu.Connection(
        config["AMQP_URI"],
        heartbeat=config.get("HEARTBEAT", HEARTBEAT),
        ssl=config.get("AMQP_SSL"),
        login_method=config.get("LOGIN_METHOD"),
        transport_options={
            **(config.get("TRANSPORT_OPTIONS") or {}),
            "confirm_publish": False,
            "frame_handler": frame_handler,
            "frame_writer": frame_writer,
            **callbacks,
        },
    )


def open_now(connection: kombu.Connection) -> None:
    """Open the connection or raise one of ``BROKEN``; left alone kombu tries for seconds."""
    connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, interval_max=0)


class Message(pyamqp.Message):
    """A message as it came: kombu would unpack a ``compression`` header, however large."""

    def __init__(self, raw: Any, channel: Any = None, **options: Any) -> None:
        (raw.properties.get("application_headers") or {}).pop("compression", None)
        super().__init__(raw, channel=channel, **options)


def frame_writer(amqp_connection: Any, transport: Any) -> Callable[..., None]:
    """Return the writer of frames for py-amqp's constructor.

    It adds the FrameBuffer, and reads of many frames at once.
    """
    if isinstance(transport, TCPTransport):
        read_ahead(amqp_connection, transport)
    amqp_connection.frame_buffer = buffer = FrameBuffer(transport)
    collect = amqp_frame_writer(amqp_connection, buffer)

    def write_and_flush(*frame: Any) -> None:
        collect(*frame)
        buffer.flush_soon()

    return write_and_flush


CONTENT_HEADER, SIZES, NO_PROPERTIES = 2, 12, b"\0\0"  # a frame's type, and parts of its body
# What py-amqp raises for properties that are no UTF-8, no date, no number, or nested too deeply.
UNREADABLE = (ValueError, ArithmeticError, LookupError, TypeError, RecursionError, struct.error)


def frame_handler(amqp_connection: Any, callback: Any) -> Callable[[Any], Any]:
    """Return the handler of frames for py-amqp's constructor.

    A message whose properties cannot be read arrives without them. Alone, py-amqp raises where the
    connection is read: the service would end, be given the same message after its next start, and
    so for ever.
    """
    handle = amqp_frame_handler(amqp_connection, callback)

    def handle_frame(frame: Any) -> Any:
        try:
            return handle(frame)
        except (*UNREADABLE, FrameSyntaxError) as exc:
            kind, channel, content = frame
            if kind != CONTENT_HEADER:
                raise
            log.warning("the properties of a message cannot be read: %s", type(exc).__name__)
            return handle((kind, channel, bytes(content[:SIZES]) + NO_PROPERTIES))

    return handle_frame
