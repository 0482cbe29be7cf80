"""What a service answers when those whose events it hears ask which of them never came.

A broker that lost its disk after it had confirmed events has lost them for good, and only the
inbox of who should have heard them can tell.
"""

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from marshmallow import fields
from sqlalchemy.orm import Session

from chassis.auth import services
from chassis.bus.confirms import ConfirmingChannel
from chassis.comparison import PAGE
from chassis.errors import NotFound
from chassis.events import EventHandler
from chassis.inbox import inbox
from chassis.messages import query
from chassis.preparing import alters
from chassis.schemas import Flag, ListOf, Request, Text
from chassis.transactions import Transaction

T = TypeVar("T", bound=type)


class HandlerNotFound(NotFound):
    """The service hears no event of the asking service by a handler of that name."""

    code = "handler_not_found"


class ListMissingEvents(Request):
    """Of which handler, and which events; ``count_waiting``: say also what its queue holds."""

    handler = Text(longest=100, required=True)
    event_ids = ListOf(fields.UUID(), most=PAGE, least=1, required=True)
    count_waiting = Flag(load_default=False)


class MissingEvents(Request):
    """Those that never came, in the order they were named in; null where nobody counted."""

    event_ids = ListOf(fields.UUID(), most=PAGE)
    waiting = fields.Integer(allow_none=True)


def answers_for_events(service: T) -> T:
    """Give the class the query ``list_missing_events``, for those whose events it hears."""
    specs = (getattr(getattr(service, name), "chassis_message", None) for name in dir(service))
    sources = sorted({str(spec.source) for spec in specs if spec and spec.kind == "event"})
    entrypoint = query(
        ListMissingEvents, reply=MissingEvents, callers=services(*sources), prepare=_look_at_queue
    )
    service.list_missing_events = entrypoint(list_missing_events)  # type: ignore[attr-defined]
    return service


def list_missing_events(
    _service: Any,
    tx: Transaction,
    handler: str,
    event_ids: list[UUID],
    waiting: int | None,
) -> dict[str, Any]:
    """Return which of the caller's events never came; one that failed or was set aside did come."""
    came = received(tx.session, handler, event_ids)
    return {"event_ids": [one for one in event_ids if one not in came], "waiting": waiting}


def received(session: Session, handler: str, event_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the events of which this handler's inbox knows, in whatever state."""
    known = sa.select(inbox.c.event_id).where(
        inbox.c.handler == handler, inbox.c.event_id.in_(event_ids)
    )
    return set(session.scalars(known))


@alters(drops={"count_waiting"}, adds={"waiting": int | None})
def _look_at_queue(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    container = service.db.provider.container
    for entrypoint in container.entrypoints:
        if (
            isinstance(entrypoint, EventHandler)
            and entrypoint.method_name == request["handler"]
            and entrypoint.source == call.actor.service
        ):
            waiting = None
            if request.pop("count_waiting"):
                waiting = ConfirmingChannel(container.config).waiting(entrypoint.queue)
            return {**request, "waiting": waiting}
    raise HandlerNotFound("the caller's events have no handler of that name here")
