"""Requests as anybody could put them on the bus, and what came of them."""

import json
import re
from typing import Any, NamedTuple

import orjson

from chassis.errors import ChassisError
from chassis.ids import uuid7
from chassis.testing.world import World

PATIENCE = 5.0  # seconds; whoever takes longer hangs
FRESH = "a fresh key"
ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)*")


class Raw(NamedTuple):
    """Stands in a request for JSON that a library would not write."""

    text: str


def nested(depth: int) -> Raw:
    """Lists inside lists."""
    return Raw("[" * depth + "]" * depth)


class Outcome(NamedTuple):
    """An answer: ``kind`` is "ok" with a result, or an error's kind."""

    kind: str
    code: str
    message: str = ""
    details: Any = None
    result: Any = None

    def names(self, path: str) -> bool:
        """Whether the error says that something about the field at ``path`` is wrong."""
        found = (self.details or {}).get("fields", {})
        return any(name == path or name.startswith(f"{path}.") for name in found)


def ask(
    world: World,
    target: str,
    fields: dict[str, Any],
    token: str | None = None,
    key: str | None = FRESH,
) -> Outcome:
    """Send it as it is, also what our own client would not send."""
    service, _, method = target.partition(".")
    headers = {"access_token": token, "idempotency_key": str(uuid7()) if key == FRESH else key}
    client = world.client.rpc_client
    request = client._request(service, method, {}, headers, PATIENCE)
    try:
        result = client._send(request._replace(body=body_of(fields))).result()
    except ChassisError as refusal:
        return Outcome(refusal.kind, refusal.code, refusal.message, refusal.details)
    return Outcome("ok", "ok", result=result)


def body_of(fields: dict[str, Any]) -> bytes:
    """The JSON of a request: text that is no Unicode travels as an escape."""
    request = {"args": [], "kwargs": fields}
    try:
        return orjson.dumps(request)
    except TypeError:
        raws: list[Raw] = []
        text = json.dumps(_marked(request, raws))
        for number, raw in enumerate(raws):
            text = text.replace(f'"@raw {number}@"', raw.text)
        return text.encode()


def _marked(value: Any, raws: list[Raw]) -> Any:
    """``value`` with a mark where each Raw goes."""
    if isinstance(value, Raw):
        raws.append(value)
        return f"@raw {len(raws) - 1}@"
    if isinstance(value, dict):
        return {name: _marked(part, raws) for name, part in value.items()}
    return [_marked(part, raws) for part in value] if isinstance(value, list) else value


def fault_of(outcome: Outcome) -> str | None:
    """What is wrong with an answer, whatever it says; None where nobody is left in the dark."""
    if outcome.kind in ("internal", "deadline_exceeded", "unavailable"):
        return "no answer that helps"
    if not CODE.fullmatch(outcome.code):
        return "no stable code"
    if ID.search(outcome.message):
        return "an id in a sentence for people"
    return None if outcome.kind == "ok" or outcome.message else "says nothing"
