"""Reading a request off the wire: what is missing, too large or of the wrong type is refused."""

import math
import time
from collections.abc import Callable
from typing import Any

import orjson

from chassis.bounds import (
    MAX_READ,
    require_few_lists,
    require_few_parts,
    require_size,
)
from chassis.bounds import MalformedRequest as MalformedRequest
from chassis.bus.wire import CONTENT_TYPE
from chassis.errors import BadRequest, DeadlineExceeded
from chassis.recordable import fits

PREFIX = "nameko."
MAX_CALLS = 20  # in the stack of calls that led here


class UnknownMethod(BadRequest):
    """The service has no such method."""

    code = "unknown_method"


def read_body(message: Any, longest: int = MAX_READ) -> dict[str, Any]:
    """Return the method's keyword arguments, from a body of up to ``longest`` bytes.

    Raises MalformedRequest, MessageTooLarge, TooManyParts.
    """
    if message.content_type != CONTENT_TYPE or not message.properties.get("reply_to"):
        raise MalformedRequest(f"a request needs the content type {CONTENT_TYPE} and a reply_to")
    body = message.body or b""  # py-amqp knows none of an empty one
    require_size(body, longest)
    require_few_lists(body)
    try:
        request = orjson.loads(body)
    except ValueError as exc:
        raise MalformedRequest("the request is not JSON") from exc
    if not isinstance(request, dict) or request.get("args") != []:
        raise MalformedRequest("`args` must be an empty list")
    kwargs = request.get("kwargs")
    if not isinstance(kwargs, dict):
        raise MalformedRequest("`kwargs` must be an object")
    require_few_parts(kwargs)
    return kwargs


def read_headers(message: Any) -> dict[str, Any]:
    """Return the call's context by names without prefix. Unknown headers are ignored.

    ``deadline`` becomes a float: seconds since the epoch. ``key_is_shared`` is there, and True,
    for a key that nameko hands on to every call of its context. Raises MalformedRequest.
    """
    headers = message.headers
    context = {}
    for name, read in HEADERS.items():
        if (value := headers.get(PREFIX + name)) is not None:
            try:
                context[name] = read(value)
            except (ValueError, TypeError) as exc:
                raise MalformedRequest(f"bad header {PREFIX}{name}") from exc
    made_for, stack = context.pop("key_call_id", None), context.get("call_id_stack")
    if stack and "idempotency_key" in context and made_for != stack[-1]:
        context["key_is_shared"] = True
    return context


def refuse_expired(context: dict[str, Any]) -> None:
    """Raise DeadlineExceeded when nobody waits for the answer any more."""
    if context.get("deadline", math.inf) < time.time():
        raise DeadlineExceeded("the deadline passed before the request was begun")


def _call_stack(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_CALLS:
        raise ValueError
    return [_text(500)(call) for call in value]


def _text(longest: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not fits(value, longest):
            raise ValueError
        return str(value)

    return read


def _instant(value: Any) -> float:
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        raise TypeError
    instant = float(value)
    if not math.isfinite(instant):
        raise ValueError
    return instant


HEADERS: dict[str, Callable[[Any], Any]] = {
    "call_id_stack": _call_stack,
    "access_token": _text(4095),
    "idempotency_key": _text(200),
    "key_call_id": _text(500),
    "deadline": _instant,
}
