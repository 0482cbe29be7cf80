"""One event as it arrived at one handler, before its content is looked at."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson


class Undecodable(ValueError):
    """The body is no envelope: nothing in it can be trusted, not even an id."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """``body`` is the envelope as published; ``suspect`` says an earlier try may have died."""

    event_id: UUID
    handler: str
    source: str
    type: str
    body: bytes
    subject: str = ""
    call_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    firm_id: str | None = None
    suspect: bool = False  # redelivered: count the attempt before it is made
    counted: bool = False  # this attempt is counted already (see inbox.take_due)
    broken: str | None = None  # why the body could not be decoded

    @classmethod
    def decode(
        cls, body: bytes, handler: str, *, suspect: bool = False, counted: bool = False
    ) -> "Delivery":
        """Raises Undecodable for a body that is not an envelope."""
        try:
            envelope = orjson.loads(body)
            return cls(
                event_id=UUID(envelope["id"]),
                handler=handler,
                source=str(envelope["source"]),
                type=str(envelope["type"]),
                body=body,
                subject=str(envelope.get("subject") or ""),
                call_id=str(envelope.get("call_id") or ""),
                data=_object(envelope["data"]),
                firm_id=envelope.get("firm_id"),
                suspect=suspect,
                counted=counted,
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Undecodable(f"{type(error).__name__}: {error}") from error

    @classmethod
    def undecodable(cls, body: bytes, handler: str, source: str, kind: str, why: str) -> "Delivery":
        """A stand-in under an id made from the body, so that a repeat is recognised."""
        digest = hashlib.sha256(body).digest()
        return cls(UUID(bytes=digest[:16]), handler, source, kind, body, broken=why)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("data is no object")
    return data
