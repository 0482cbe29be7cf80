"""The parts of every contract that the chassis itself decides: headers, envelopes, replies."""

from typing import Any

from chassis.errors import KINDS

Shape = dict[str, Any]

RPC_EXCHANGE = "nameko-rpc"


def exchange(name: str) -> Shape:
    """Return the AMQP binding of a durable topic exchange."""
    return {"name": name, "type": "topic", "durable": True, "autoDelete": False}


EXCHANGE_BINDING: Shape = {"is": "routingKey", "exchange": exchange(RPC_EXCHANGE)}

_HEADERS: Shape = {
    "nameko.access_token": {
        "type": "string",
        "description": "who asks: a signed token; not needed where the public may call",
    },
    "nameko.deadline": {
        "type": ["number", "string"],
        "description": "seconds since 1970 after which nobody waits for the answer",
    },
    "nameko.call_id_stack": {
        "type": "array",
        "items": {"type": "string"},
        "description": "the calls that led here",
    },
}
QUERY_HEADERS: Shape = {"type": "object", "properties": _HEADERS}
COMMAND_HEADERS: Shape = {
    "type": "object",
    "properties": {
        **_HEADERS,
        "nameko.idempotency_key": {
            "type": "string",
            "maxLength": 200,
            "description": "made before the first try; the same key again gets the same answer",
        },
        "nameko.key_call_id": {
            "type": "string",
            "maxLength": 500,
            "description": "the last of call_id_stack, where the key was made for this one command;"
            " without it a key beside a call_id_stack is bound to method and arguments",
        },
    },
    "required": ["nameko.idempotency_key"],
}
ERROR_REPLY: Shape = {
    "type": "object",
    "properties": {
        "result": {"type": "null"},
        "error": {
            "type": "object",
            "properties": {
                "kind": {"type": "string", "enum": sorted(KINDS)},
                "code": {"type": "string", "description": "stable; see x-errors"},
                "message": {"type": "string"},
                "details": {"type": "object"},
                "exc_type": {"type": "string", "description": "the kind, for stock nameko"},
                "value": {
                    "type": "string",
                    "description": "code, message and, on a second line, the details as JSON",
                },
            },
            "required": ["kind", "code", "message", "details"],
        },
    },
    "required": ["result", "error"],
}
ENVELOPE: Shape = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "type": {"type": "string"},
        "source": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "subject": {"type": "string", "description": "events of one subject keep their order"},
        "firm_id": {"type": ["string", "null"], "format": "uuid"},
        "actor": {"type": ["object", "null"]},
        "call_id": {"type": "string"},
        "data": {"type": "object"},
    },
    "required": ["id", "type", "source", "time", "subject", "data"],
}


def request_payload(component: str) -> Shape:
    """Return a request's body: its fields are the method's keyword arguments."""
    return {
        "type": "object",
        "properties": {
            "args": {"type": "array", "maxItems": 0},
            "kwargs": {"$ref": f"#/components/schemas/{component}"},
        },
        "required": ["args", "kwargs"],
    }


def reply_payload(component: str | None) -> Shape:
    """Return a reply's body; without a component the result is an empty object."""
    empty = {"type": "object", "additionalProperties": False}
    result = {"$ref": f"#/components/schemas/{component}"} if component else empty
    return {
        "type": "object",
        "properties": {"result": result, "error": {"type": "null"}},
        "required": ["result", "error"],
    }
