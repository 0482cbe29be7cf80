"""What happens around a handler: who asks, is it allowed, is it well-formed, was it done before.

The order is fixed: caller, shape, repeat, preparation, transaction, reply. The transaction
commits in here, before nameko sends the reply or acknowledges the event.
"""

import time
from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy.exc import DataError

from chassis import faultpoints, inbox, logs
from chassis.auth import Actor
from chassis.calls import Call
from chassis.commands import Claim, KeyMissing
from chassis.delivery import Delivery, Undecodable
from chassis.errors import BadRequest, ChassisError, Conflict, Forbidden, NotFound
from chassis.lanes import lane_of_call, lane_of_event
from chassis.recordable import is_storable
from chassis.schemas import load
from chassis.store import DatabaseUnavailable, is_retryable
from chassis.tokens import TokenMissing

ATTEMPTS = 4  # of a transaction that met a concurrent one


class CallerNotAdmitted(Forbidden):
    """This kind of caller may not use this entrypoint at all."""

    code = "caller_not_admitted"


class Poison(ChassisError):
    """An event that no attempt can handle: it does not fit what its consumer reads."""

    code = "event_does_not_fit"


Runner = Callable[[Any, Any, Any, dict[str, Any]], Any]


def answer(run: Runner, service: Any, spec: Any, method: Any, fields: dict[str, Any]) -> Any:
    """Run a command or a query, and write its one line into the log."""
    call = service.db.call
    started = time.perf_counter()
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
            return _dump(spec, method(service, tx, request))

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
    """The result of ``work``; refused, once more if the service learns that its copies were late.

    A service whose ``catch_up(call, request, refusal)`` says so keeps copies of what others own;
    it costs nothing but where somebody would be refused.
    """
    try:
        return work()
    except (NotFound, Conflict) as refusal:
        catch_up = getattr(service, "catch_up", None)
        if catch_up is None or not catch_up(service.db.call, dict(request), refusal):
            raise
    return work()


def _in_transaction(service: Any, spec: Any, method: Any, request: Any, claim: Claim) -> Any:
    db = service.db
    with db.transaction() as tx:
        if not claim.take(tx.session, tx.now):
            earlier = claim.answered(tx.session, db.provider.sealer)
            return orjson.loads(earlier) if earlier else {}
        reply = _dump(spec, method(service, tx, dict(request)))
        claim.record(tx.session, orjson.dumps(reply), db.provider.sealer)
        faultpoints.reached("before_commit")
        return reply


def with_retries(work: Callable[[], Any]) -> Any:
    """The result of ``work``, tried again when it met a concurrent transaction."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work()
        except Exception as error:
            if attempt == ATTEMPTS or not is_retryable(error):
                raise
    raise AssertionError("not reached")


def admit(db: Any, spec: Any) -> Actor:
    """Who asks; raises for nobody where somebody is needed, and for the wrong kind."""
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
    """One run of a job; an exception is logged, the next run comes anyway."""
    db = service.db
    db.call.actor = Actor.of_service(db.call.service)
    started = time.perf_counter()
    try:
        faultpoints.maybe_fail()
        with db.provider.lanes.turn(patient=True):
            if not spec.by_clock or db.provider.timekeeper.trusts(db.provider.store, spec.name):
                method(service, db)
    except Exception:  # noqa: BLE001 - a job that failed runs again
        logs.failed(db.call)
        logs.handled(db.call, "internal_error", (time.perf_counter() - started) * 1000)


def run_event(service: Any, spec: Any, method: Any, delivery: Delivery) -> None:
    """Let an event take effect once; what fails is planned again or set aside.

    Raises only when the database is away: then the caller keeps the event and comes back.
    """
    db = service.db
    db.call.actor = Actor.of_service(db.call.service)
    db.call.call_id = delivery.call_id or db.call.call_id
    db.call.key = str(delivery.event_id)  # the key of an effect that must not happen twice
    started = time.perf_counter()
    code = "ok"
    try:
        with db.provider.lanes.turn(lane_of_event(delivery), patient=True):
            code = _hear(service, spec, method, delivery)
    except DatabaseUnavailable:
        code = DatabaseUnavailable.code
        raise
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is planned again
        code = _set_back(service, spec, delivery, error)
    finally:
        db.call.firm_id = delivery.firm_id
        logs.handled(db.call, code, (time.perf_counter() - started) * 1000)


def _hear(service: Any, spec: Any, method: Any, delivery: Delivery) -> str:
    db = service.db
    if delivery.broken is not None:
        with db.transaction() as tx:
            inbox.park(tx.session, delivery, tx.now, delivery.broken.code, str(delivery.broken))
        return delivery.broken.code
    if delivery.suspect and not _counted(db, delivery):
        return "repeated"
    faultpoints.maybe_fail()
    done: bool = with_retries(lambda: _once(service, spec, method, delivery))
    faultpoints.reached("after_commit")
    return "ok" if done else "repeated"


def _counted(db: Any, delivery: Delivery) -> bool:
    retries = db.provider.retry_plan
    with db.transaction() as tx:
        return inbox.begin_attempt(tx.session, delivery, tx.now, retries.lease, len(retries.delays))


def _once(service: Any, spec: Any, method: Any, delivery: Delivery) -> bool:
    with service.db.transaction() as tx:
        if not inbox.claim(tx.session, delivery, tx.now):
            return False
        try:
            event = load(spec.request, delivery.data)
        except BadRequest as error:
            raise Poison(f"{spec.event_type} does not fit: {error.details}") from error
        if not is_storable(event):
            raise Poison(f"{spec.event_type} has text that no database stores")
        method(service, tx, event)
        faultpoints.maybe_fail()
        faultpoints.reached("before_commit")
    return True


def _set_back(service: Any, spec: Any, delivery: Delivery, error: Exception) -> str:
    db = service.db
    logs.failed(db.call)
    code = error.code if isinstance(error, ChassisError) else type(error).__name__
    reason = str(error) if isinstance(error, Poison) else f"{type(error).__name__}: {error}"
    try:
        return _recorded(db, delivery, error, (code, reason))
    except DatabaseUnavailable:
        raise
    except Exception:  # noqa: BLE001 - whatever cannot be recorded is set aside all the same
        logs.failed(db.call)
    body, handler = delivery.body, delivery.handler
    why = Undecodable(reason)
    stand_in = Delivery.undecodable(body, handler, spec.source, spec.event_type, why)
    with db.transaction() as tx:
        inbox.park(tx.session, stand_in, tx.now, code, reason)
    return "dead"


def _recorded(db: Any, delivery: Delivery, error: Exception, told: tuple[str, str]) -> str:
    """Set aside what no attempt can handle; plan the next attempt of everything else."""
    with db.transaction() as tx:
        if isinstance(error, Poison | DataError):
            inbox.park(tx.session, delivery, tx.now, *told)
            return "dead"
        delays = db.provider.retry_plan.delays
        dead = inbox.record_failure(tx.session, delivery, tx.now, told, delays)
    db.provider.retries.bell.ring()
    return "dead" if dead else "retry"
