"""What happens around a handler: who asks, is it allowed, is it well-formed, was it done before.

The order is fixed: caller, shape, repeat, preparation, transaction, reply. The transaction
commits in here, before nameko sends the reply. Events have ``chassis.hearing``.
"""

import time
from collections.abc import Callable
from typing import Any

import orjson

from chassis import faultpoints, logs
from chassis.auth import Actor
from chassis.calls import Call, count_statements
from chassis.commands import Claim, KeyMissing
from chassis.errors import ChassisError, Forbidden
from chassis.lanes import lane_of_call
from chassis.schemas import load
from chassis.store import is_retryable
from chassis.tokens import TokenMissing

ATTEMPTS = 4  # of a transaction that met a concurrent one


class CallerNotAdmitted(Forbidden):
    """This kind of caller may not use this entrypoint at all."""

    code = "caller_not_admitted"


Runner = Callable[[Any, Any, Any, dict[str, Any]], Any]


def answer(run: Runner, service: Any, spec: Any, method: Any, fields: dict[str, Any]) -> Any:
    """Run a command or a query, and write its one line into the log."""
    call = service.db.call
    started = time.perf_counter()
    count_statements()
    code = "ok"
    try:
        actor = admit(service.db, spec)
        lane = lane_of_call(service.db, actor, fields)
        with service.db.provider.lanes.turn(lane, asks=run is run_query):
            return run(service, spec, method, fields)
    except ChassisError as error:
        code = error.code
        raise
    except Exception:
        code = "internal_error"
        logs.failed(call)
        raise
    finally:
        logs.handled(call, code, (time.perf_counter() - started) * 1000)


def run_query(service: Any, spec: Any, method: Any, fields: dict[str, Any]) -> Any:
    """Answer in a read-only transaction."""
    db = service.db
    loaded = load(spec.request, fields)

    def look() -> Any:
        request = spec.prepare(service, db.call, dict(loaded)) if spec.prepare else loaded
        with db.transaction(read_only=True) as tx:
            return _dump(spec, method(service, tx, **request))

    return _or_caught_up(service, loaded, look)


def run_command(service: Any, spec: Any, method: Any, fields: dict[str, Any]) -> Any:
    """Do it once per key; a repeat gets the first answer."""
    db, actor = service.db, service.db.call.actor
    loaded = load(spec.request, fields)
    claim = _claim(db, actor, spec.name, fields)
    if spec.prepare:
        with db.transaction(read_only=True) as tx:
            earlier = claim.answered(tx.session, db.provider.sealer)
        if earlier is not None:
            return orjson.loads(earlier)

    def do() -> Any:
        request = spec.prepare(service, db.call, dict(loaded)) if spec.prepare else loaded
        return with_retries(lambda: _in_transaction(service, spec, method, request, claim))

    reply = _or_caught_up(service, loaded, do)
    faultpoints.reached("after_commit")
    return reply


def _or_caught_up(service: Any, request: dict[str, Any], work: Callable[[], Any]) -> Any:
    """Return the result of ``work``.

    It is refused, once more if the service learns that its copies were late. A service whose
    ``catch_up(call, request, refusal)`` says so keeps copies of what others own; it costs nothing
    but where somebody would be refused. Each refusal is looked into once.
    """
    met: set[str] = set()
    while True:
        try:
            return work()
        except ChassisError as refusal:
            catch_up = getattr(service, "catch_up", None)
            if catch_up is None or refusal.code in met:
                raise
            met.add(refusal.code)
            if not catch_up(service.db.call, dict(request), refusal):
                raise


def _in_transaction(service: Any, spec: Any, method: Any, request: Any, claim: Claim) -> Any:
    db = service.db
    with db.transaction() as tx:
        if not claim.take(tx.session, tx.now):
            earlier = claim.answered(tx.session, db.provider.sealer)
            return orjson.loads(earlier) if earlier else {}
        reply = _dump(spec, method(service, tx, **request))
        claim.record(tx.session, orjson.dumps(reply), db.provider.sealer)
        faultpoints.reached("before_commit")
        return reply


def with_retries(work: Callable[[], Any]) -> Any:
    """Return the result of ``work``, tried again when it met a concurrent transaction."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work()
        except Exception as error:
            if attempt == ATTEMPTS or not is_retryable(error):
                raise
    raise AssertionError("not reached")


def admit(db: Any, spec: Any) -> Actor:
    """Return who asks; raises for nobody where somebody is needed, and for the wrong kind."""
    call: Call = db.call
    actor: Actor = db.provider.verifier.actor(call.token)
    call.actor = actor
    if not (spec.callers.admits(actor) or db.provider.admission.admits(spec, actor)):
        if actor.kind == "public":
            raise TokenMissing("this call needs a token")
        raise CallerNotAdmitted(f"{spec.name} is not open to this caller")
    return actor


def _claim(db: Any, actor: Actor, name: str, fields: dict[str, Any]) -> Claim:
    call, sealer = db.call, db.provider.sealer
    if not call.key:
        raise KeyMissing("a command needs an idempotency key")
    content = orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    fingerprint = sealer.fingerprint(content)
    if call.key_is_shared:
        # nameko hands one key on to every call: only with its content does it name a command
        call.key = sealer.fingerprint(orjson.dumps([call.key, name, fingerprint]))
    return Claim(actor.idempotency_scope, name, call.key, fingerprint)


def _dump(spec: Any, result: Any) -> Any:
    if spec.reply is None:
        return {}
    return spec.reply.dump(result)


def run_job(service: Any, spec: Any, method: Any) -> None:
    """Run a job once; an exception is logged, the next run comes anyway."""
    db = service.db
    db.call.actor = Actor.of_service(db.call.service)
    started = time.perf_counter()
    count_statements()
    try:
        faultpoints.maybe_fail()
        with db.provider.lanes.turn(patient=True):
            if not spec.by_clock or db.provider.timekeeper.trusts(db.provider.store, spec.name):
                method(service, db)
    except Exception:  # noqa: BLE001 - a job that failed runs again
        logs.failed(db.call)
        logs.handled(db.call, "internal_error", (time.perf_counter() - started) * 1000)
