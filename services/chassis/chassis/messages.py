"""The entrypoints a service is a table of: ``@command``, ``@query``, ``@on_event`` and ``@job``.

Because shapes and callers stand on the decorator, the contract is generated from them.
"""

import functools
from collections.abc import Callable
from typing import Any

from marshmallow import Schema

from chassis import dispatch, hearing, signatures
from chassis.auth import Callers
from chassis.events import EventHandler
from chassis.jobs import Job
from chassis.message_spec import MessageSpec
from chassis.preparing import Prepare
from chassis.rpc.server import Rpc

Handler = Callable[..., Any]


class Command(Rpc):
    """A change asked for by RPC."""

    kind = "command"

    def check_signature(self, args: Any, kwargs: Any) -> None:
        """Leave the fields to the schema: looking at the signature would only cost time."""


class Query(Command):
    """A question asked by RPC."""

    kind = "query"


def command(
    request: type[Schema],
    *,
    callers: Callers,
    reply: type[Schema] | None = None,
    prepare: Prepare | None = None,
) -> Callable[[Handler], Handler]:
    """Declare a change: one transaction, done once per idempotency key, answered with ``reply``.

    The method gets ``(self, tx, …)``, the request's fields by name (``chassis.signatures``).
    ``prepare(service, call, request)`` runs before the transaction and returns the fields to go
    on with: hashing, throttling and RPC belong there.
    """

    def decorate(method: Handler) -> Handler:
        spec = _spec("command", method, request, reply, callers=callers, prepare=prepare)

        @functools.wraps(method)
        def answer(service: Any, /, **fields: Any) -> Any:
            return dispatch.answer(dispatch.run_command, service, spec, method, fields)

        return _entrypoint(Command.decorator, answer, spec)

    return decorate


def query(
    request: type[Schema],
    *,
    callers: Callers,
    reply: type[Schema] | None = None,
    prepare: Prepare | None = None,
) -> Callable[[Handler], Handler]:
    """Declare a question: a read-only transaction, answered with ``reply``; it emits nothing."""

    def decorate(method: Handler) -> Handler:
        spec = _spec("query", method, request, reply, callers=callers, prepare=prepare)

        @functools.wraps(method)
        def answer(service: Any, /, **fields: Any) -> Any:
            return dispatch.answer(dispatch.run_query, service, spec, method, fields)

        return _entrypoint(Query.decorator, answer, spec)

    return decorate


def on_event(source: str, event_type: str, schema: type[Schema]) -> Callable[[Handler], Handler]:
    """Hear an event of another service: one transaction, once in effect, retried, then set aside.

    The method gets ``(self, tx, …)`` and the fields that it reads by name, or all of them as one
    ``**event``. It is named ``on_<event>``: its name is part of a durable queue's name and must
    never change.
    """

    def decorate(method: Handler) -> Handler:
        noun_verbed = event_type.rsplit(".", 1)[0]
        if method.__name__ != f"on_{noun_verbed}":
            raise ValueError(f"{method.__name__} must be named on_{noun_verbed}")
        spec = _spec("event", method, schema, None, source=source, event_type=event_type)

        @functools.wraps(method)
        def hear(service: Any, delivery: Any) -> Any:
            return hearing.run_event(service, spec, method, delivery)

        entrypoint = functools.partial(EventHandler.decorator, source, event_type)
        return _entrypoint(lambda function: entrypoint()(function), hear, spec)

    return decorate


def job(
    every: float, *, pause: float = 0.0, by_clock: bool = False
) -> Callable[[Handler], Handler]:
    """Declare work that nobody asks for.

    It runs each ``every`` seconds, and when a transaction wakes it. The method gets ``(self, db)``
    and opens its own short transactions. One that ends, charges or deletes what is due goes
    ``by_clock``: it waits while the clock is in doubt. For ``pause`` seconds after a run none
    begins: all that wakes it meanwhile is done by one.
    """

    def decorate(method: Handler) -> Handler:
        spec = _spec("job", method, None, None, every=every, by_clock=by_clock)

        @functools.wraps(method)
        def work(service: Any) -> Any:
            return dispatch.run_job(service, spec, method)

        return _entrypoint(lambda function: Job.decorator(every, pause)(function), work, spec)

    return decorate


def _spec(
    kind: str,
    method: Handler,
    request: type[Schema] | None,
    reply: type[Schema] | None,
    prepare: Prepare | None = None,
    **more: Any,
) -> MessageSpec:
    schema = request() if request else None
    if schema:
        signatures.check(method, schema, prepare, whole=kind == "event")
    return MessageSpec(
        kind=kind,
        name=method.__name__,
        doc=(method.__doc__ or "").strip(),
        request=schema,
        reply=reply() if reply else None,
        prepare=prepare,
        **more,
    )


def _entrypoint(decorator: Callable[..., Any], function: Handler, spec: MessageSpec) -> Handler:
    function.chassis_message = spec  # type: ignore[attr-defined]
    decorated: Handler = decorator(function)
    return decorated
