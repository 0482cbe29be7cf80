"""One event as it arrived at one handler, before its content is looked at."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from chassis.bounds import (
    MOST_EVENT_PARTS,
    MessageTooLarge,
    require_few_lists,
    require_few_parts,
)
from chassis.errors import BadRequest
from chassis.recordable import fits

LONGEST_NAME = 100  # characters of a source, a type, a subject: as the columns that keep them
LONGEST_CALL_ID = 500  # as in the headers of a request


UNDECODABLE = "undecodable"
LARGEST_KEPT = 2**24  # bytes of a body that is set aside; of a larger one the beginning


class Undecodable(ValueError):
    """The body is no envelope: nothing in it can be trusted, not even an id."""

    code = UNDECODABLE


class TooLarge(Undecodable):
    """The body was not even looked at."""

    code = MessageTooLarge.code


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """``body`` is the envelope as published; ``redelivered`` says an earlier try may have died."""

    event_id: UUID
    handler: str
    source: str
    type: str
    body: bytes
    subject: str = ""
    call_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    firm_id: str | None = None
    redelivered: bool = False  # redelivered: count the attempt before it is made
    counted: bool = False  # this attempt is counted already (see inbox.take_due)
    broken: Undecodable | None = None  # why the body could not be decoded

    @classmethod
    def decode(
        cls, body: bytes, handler: str, *, redelivered: bool = False, counted: bool = False
    ) -> "ReceivedEvent":
        """Return the event behind ``body``.

        Raises Undecodable for a body that is not an envelope, or one that no inbox can keep. What
        only logs ask for, the call and the firm, is left out where it does not fit.
        """
        try:
            require_few_lists(body, MOST_EVENT_PARTS)
            envelope = orjson.loads(body)
            require_few_parts(envelope, MOST_EVENT_PARTS)
            call_id, firm_id = envelope.get("call_id"), envelope.get("firm_id")
            return cls(
                event_id=UUID(envelope["id"]),
                handler=handler,
                source=_name(envelope, "source"),
                type=_name(envelope, "type"),
                body=body,
                subject=_name(envelope, "subject") if envelope.get("subject") else "",
                call_id=call_id if fits(call_id, LONGEST_CALL_ID) else "",
                data=_object(envelope["data"]),
                firm_id=firm_id if fits(firm_id, LONGEST_NAME) else None,
                redelivered=redelivered,
                counted=counted,
            )
        except (ValueError, TypeError, KeyError, AttributeError, BadRequest) as error:
            raise Undecodable(f"{type(error).__name__}: {error}") from error

    @classmethod
    def undecodable(
        cls, body: bytes, handler: str, source: str, kind: str, why: Undecodable
    ) -> "ReceivedEvent":
        """Return a stand-in under an id made from the body, so that a repeat is recognised."""
        return cls(id_of(body), handler, source, kind, body[:LARGEST_KEPT], broken=why)


def id_of(body: bytes) -> UUID:
    """Return the id under which a body is set aside that cannot be read."""
    return UUID(bytes=hashlib.sha256(body).digest()[:16])


def _name(envelope: dict[str, Any], field_name: str) -> str:
    name = envelope[field_name]
    if not fits(name, LONGEST_NAME):
        raise ValueError(f"{field_name} is no printable text of 1 to {LONGEST_NAME} characters")
    return str(name)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("data is no object")
    return data
