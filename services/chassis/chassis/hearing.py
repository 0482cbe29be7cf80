"""What happens around the handler of an event: once in effect, tried again, or set aside.

The transaction commits in here, before nameko acknowledges the event.
"""

import time
from typing import Any

from sqlalchemy.exc import DataError

from chassis import faultpoints, inbox, logs
from chassis.auth import Actor
from chassis.calls import count_statements
from chassis.dispatch import with_retries
from chassis.errors import BadRequest, ChassisError
from chassis.lanes import lane_of_event
from chassis.received import ReceivedEvent, Undecodable
from chassis.recordable import is_storable
from chassis.schemas import load
from chassis.store import DatabaseUnavailable


class Poison(ChassisError):
    """An event that no attempt can handle: it does not fit what its consumer reads."""

    code = "event_does_not_fit"


def run_event(service: Any, spec: Any, method: Any, delivery: ReceivedEvent) -> None:
    """Let an event take effect once; what fails is planned again or set aside.

    Raises only when the database is away: then the caller keeps the event and comes back.
    """
    db = service.db
    db.call.actor = Actor.of_service(db.call.service)
    db.call.call_id = delivery.call_id or db.call.call_id
    db.call.key = str(delivery.event_id)  # the key of an effect that must not happen twice
    started = time.perf_counter()
    count_statements()
    code = "ok"
    try:
        with db.provider.lanes.turn(lane_of_event(delivery), patient=True):
            code = _hear(service, spec, method, delivery)
    except DatabaseUnavailable:
        code = DatabaseUnavailable.code
        raise
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is planned again
        code = _plan_retry(service, spec, delivery, error)
    finally:
        db.call.firm_id = delivery.firm_id
        logs.handled(db.call, code, (time.perf_counter() - started) * 1000)


def _hear(service: Any, spec: Any, method: Any, delivery: ReceivedEvent) -> str:
    db = service.db
    if delivery.broken is not None:
        with db.transaction() as tx:
            inbox.park(tx.session, delivery, tx.now, delivery.broken.code, str(delivery.broken))
        return delivery.broken.code
    if delivery.redelivered and not _counted(db, delivery):
        return "repeated"
    faultpoints.maybe_fail()
    done: bool = with_retries(lambda: _once(service, spec, method, delivery))
    faultpoints.reached("after_commit")
    return "ok" if done else "repeated"


def _counted(db: Any, delivery: ReceivedEvent) -> bool:
    retries = db.provider.retry_plan
    with db.transaction() as tx:
        return inbox.begin_attempt(tx.session, delivery, tx.now, retries.lease, len(retries.delays))


def _once(service: Any, spec: Any, method: Any, delivery: ReceivedEvent) -> bool:
    with service.db.transaction() as tx:
        if not inbox.claim(tx.session, delivery, tx.now):
            return False
        try:
            event = load(spec.request, delivery.data)
        except BadRequest as error:
            raise Poison(f"{spec.event_type} does not fit: {error.details}") from error
        if not is_storable(event):
            raise Poison(f"{spec.event_type} has text that no database stores")
        method(service, tx, **event)
        faultpoints.maybe_fail()
        faultpoints.reached("before_commit")
    return True


def _plan_retry(service: Any, spec: Any, delivery: ReceivedEvent, error: Exception) -> str:
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
    stand_in = ReceivedEvent.undecodable(body, handler, spec.source, spec.event_type, why)
    with db.transaction() as tx:
        inbox.park(tx.session, stand_in, tx.now, code, reason)
    return "dead"


def _recorded(db: Any, delivery: ReceivedEvent, error: Exception, told: tuple[str, str]) -> str:
    """Set aside what no attempt can handle; plan the next attempt of everything else."""
    with db.transaction() as tx:
        if isinstance(error, Poison | DataError):
            inbox.park(tx.session, delivery, tx.now, *told)
            return "dead"
        delays = db.provider.retry_plan.delays
        dead = inbox.record_failure(tx.session, delivery, tx.now, told, delays)
    db.provider.retries.wakeup.ring()
    return "dead" if dead else "retry"
