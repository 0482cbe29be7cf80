"""Messages between their Python form and the bytes that travel."""

from math import inf
from typing import Any

import amqp
from amqp import spec

from chassis.bus.embedded.queues import Entry, Envelope

PERSISTENT = 2


def seal(message: amqp.Message, exchange: str, routing_key: str) -> Envelope:
    """Encode with py-amqp's own codec: what cannot travel to RabbitMQ fails here as well."""
    body, properties = message.body, message.properties
    if isinstance(body, str):
        body = body.encode(properties.setdefault("content_encoding", "utf-8"))
    ttl = float(properties.get("expiration", inf)) / 1000
    packed = message._serialize_properties()  # noqa: SLF001 - its codec has no public name
    return Envelope(exchange, routing_key, packed, body, ttl)


def unseal(envelope: Envelope, *, decode: bool) -> amqp.Message:
    """Return the message again; ``decode``: text bodies as str, which is py-amqp's default."""
    message = amqp.Message(envelope.body)
    message._load_properties(spec.Basic.CLASS_ID, envelope.properties, 0)  # noqa: SLF001
    if decode:
        try:
            message.body = envelope.body.decode(message.properties["content_encoding"])
        except (KeyError, LookupError, UnicodeDecodeError):
            message.body = envelope.body  # a binary body stays bytes
    return message


def delivery_info(consumer_tag: str, delivery_tag: int, entry: Entry) -> dict[str, Any]:
    """Return what comes with a delivery, as py-amqp names it."""
    return {
        "consumer_tag": consumer_tag,
        "delivery_tag": delivery_tag,
        "redelivered": entry.redelivered,
        "exchange": entry.envelope.exchange,
        "routing_key": entry.envelope.routing_key,
    }
