"""A service's AsyncAPI 3 document: what it answers, what it says, what it hears."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema

from chassis import topology
from chassis.admission import is_open_to_services
from chassis.contracts import shapes
from chassis.contracts.reading import ServiceSource
from chassis.contracts.refusals import described
from chassis.contracts.wire import (
    COMMAND_HEADERS,
    ENVELOPE,
    ERROR_REPLY,
    EXCHANGE_BINDING,
    QUERY_HEADERS,
    exchange,
    reply_payload,
    request_payload,
)
from chassis.message_spec import MessageSpec

Consumers = Mapping[str, Sequence[str]]  # event type -> "service.handler"
Document = dict[str, Any]


def document(source: ServiceSource, consumers: Consumers) -> Document:
    """Return the contract of ``source``, ready to be written as JSON."""
    parts: Document = {"channels": {}, "operations": {}, "schemas": {}}
    for spec in source.of_kind("command", "query"):
        _add_call(parts, source.name, spec)
    for event in source.events:
        _add_event(parts, source.name, event, consumers.get(_type(event), ()))
    for spec in source.of_kind("event"):
        _add_heard(parts, source.name, spec)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"Chambers: {source.name}",
            "version": source.version,
            "description": source.about,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": parts["channels"],
        "operations": parts["operations"],
        "components": {"schemas": {**parts["schemas"], **_shared(source)}},
        "x-errors": described(source.errors),
        "x-jobs": {
            job.name: {"every_seconds": job.every, "description": inspect.cleandoc(job.doc)}
            for job in source.of_kind("job")
        },
    }


def _add_call(parts: Document, service: str, spec: MessageSpec) -> None:
    request = _component(parts, spec.request)
    reply = _component(parts, spec.reply) if spec.reply else None
    headers = "CommandHeaders" if spec.kind == "command" else "QueryHeaders"
    parts["channels"][spec.name] = {
        "address": f"{service}.{spec.name}",
        "messages": {
            "request": {"headers": _schema(headers), "payload": request_payload(request)},
        },
        "bindings": {"amqp": EXCHANGE_BINDING},
    }
    parts["channels"][f"{spec.name}.reply"] = {
        "address": None,
        "messages": {
            "reply": {"payload": reply_payload(reply)},
            "error": {"payload": _schema("ErrorReply")},
        },
    }
    parts["operations"][spec.name] = _described(spec.doc) | {
        "action": "receive",
        "channel": _channel(spec.name),
        "messages": [_message(spec.name, "request")],
        "reply": {
            "address": {"location": "$message.header#/reply_to"},
            "channel": _channel(f"{spec.name}.reply"),
            "messages": [_message(f"{spec.name}.reply", name) for name in ("reply", "error")],
        },
        "x-kind": spec.kind,
        "x-callers": spec.callers.describe() if spec.callers else [],
        **({"x-further-callers": "services by configuration"} if is_open_to_services(spec) else {}),
    }


def _add_event(parts: Document, service: str, event: type, heard_by: Sequence[str]) -> None:
    name = _type(event)
    parts["schemas"][name] = shapes.of_dataclass(event)
    parts["channels"][name] = {
        "address": name,
        "messages": {"event": {"name": name, "payload": _enveloped(name, name)}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange(f"{service}.events")}},
        "x-event-type": name,
        "x-subject": getattr(event, "SUBJECT", None),
        "x-consumers": sorted(heard_by),
    }
    parts["operations"][name] = _described(inspect.getdoc(event) or "") | {
        "action": "send",
        "channel": _channel(name),
        "messages": [_message(name, "event")],
    }


def _add_heard(parts: Document, service: str, spec: MessageSpec) -> None:
    source, kind = str(spec.source), str(spec.event_type)
    name = f"{source}.{kind}"
    needed = f"{name}.needed"
    parts["schemas"][needed] = shapes.of_schema(spec.request)
    queue = topology.event_queue(source, kind, service, spec.name)
    parts["channels"][name] = {
        "address": kind,
        "messages": {"event": {"name": kind, "payload": _enveloped(kind, needed)}},
        "bindings": {
            "amqp": {"is": "queue", "queue": {"name": queue.name, "durable": True}},
        },
        "x-heard": {"source": source, "type": kind},
    }
    parts["operations"][spec.name] = _described(spec.doc) | {
        "action": "receive",
        "channel": _channel(name),
        "messages": [_message(name, "event")],
        "x-kind": "event",
    }


def _component(parts: Document, schema: Schema | None) -> str:
    """Return the component's name; two shapes under one name would hide one of them."""
    name, shape = type(schema).__name__, shapes.of_schema(schema)
    if parts["schemas"].setdefault(name, shape) != shape:
        raise ValueError(f"two schemas are called {name}")
    return name


def _shared(source: ServiceSource) -> Document:
    shared: Document = {}
    if source.of_kind("command", "query"):
        shared |= {
            "CommandHeaders": COMMAND_HEADERS,
            "QueryHeaders": QUERY_HEADERS,
            "ErrorReply": ERROR_REPLY,
        }
    if source.events or source.of_kind("event"):
        shared["Envelope"] = ENVELOPE
    return shared


def _enveloped(event_type: str, data: str) -> Document:
    narrowed = {"type": {"const": event_type}, "data": _schema(data)}
    return {"allOf": [_schema("Envelope"), {"type": "object", "properties": narrowed}]}


def _described(text: str) -> Document:
    summary, _, rest = inspect.cleandoc(text).partition("\n")
    described = {"summary": summary} if summary else {}
    return described | ({"description": rest.strip()} if rest.strip() else {})


def _type(event: type) -> str:
    return str(event.TYPE)  # type: ignore[attr-defined]


def _schema(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _channel(name: str) -> Document:
    return {"$ref": f"#/channels/{name}"}


def _message(channel: str, name: str) -> Document:
    return {"$ref": f"#/channels/{channel}/messages/{name}"}
