"""Events: from commit to handled between two processes, and what the relay publishes a second.

``python -m tests.benchmarks.events say|hear`` are the two processes; both on PostgreSQL.
"""

import chassis.patch  # noqa: F401, I001  - before everything else

import os
import sys
import time
from dataclasses import dataclass
from typing import Any, ClassVar

import eventlet
import sqlalchemy as sa
from chassis import logs, outbox, schemas
from chassis.config import Configuration
from chassis.database import Database
from chassis.keys import ensure
from chassis.messages import on_event
from chassis.runner import Runner
from chassis.store import Store
from chassis.tables import new_metadata
from chassis.transactions import Transaction
from eventlet.event import Event
from marshmallow import fields

from tests.benchmarks.measuring import questions, say_ready, tell

NAMES = ("bench_say", "bench_hear")
PAUSE = 0.02  # seconds between two events whose way is timed
said, heard = new_metadata(), new_metadata()
handled: dict[int, float] = {}  # the event's number: when its handler had committed


@dataclass(frozen=True)
class Said:
    """Something was said, at this moment."""

    TYPE: ClassVar = "said.v1"
    SUBJECT: ClassVar = "number"

    number: int
    text: str = "x" * 150


class SaidEvent(schemas.Event):
    """What is read of it."""

    number = fields.Integer(required=True)


class SayService:
    """Says events."""

    name = "bench_say"
    db = Database(said, {"said.v1": [("bench_hear", "on_said")]})


class HearService:
    """Hears them, and notes how long after the commit its own transaction had committed."""

    name = "bench_hear"
    db = Database(heard, {})

    @on_event("bench_say", "said.v1", SaidEvent)
    def on_said(self, tx: Transaction, number: int) -> None:
        """Note the time when this transaction has committed."""

        def note(_session: Any) -> None:
            handled[number] = time.time()

        sa.event.listen(tx.session, "after_commit", note)


def start(cls: type, metadata: sa.MetaData) -> Runner:
    """The service, running on tables that are there."""
    settings = Configuration({}, dict(os.environ), services=dict.fromkeys(NAMES, ()))
    ensure(settings.get("keys.directory"), NAMES)
    store = Store(str(settings.service(cls.name)["database_url"]))  # type: ignore[attr-defined]
    metadata.create_all(store.engine)
    store.close()
    runner = Runner(settings, [cls])
    if os.environ.get("BENCH_FILL"):
        fill(runner, int(os.environ["BENCH_FILL"]))
    runner.start()
    return runner


def database(runner: Runner, name: str) -> Database:
    """The service's database."""
    (found,) = (one for one in runner.container(name).dependencies if isinstance(one, Database))
    return found


def fill(runner: Runner, number: int) -> None:
    """That many events wait in the outbox before the relay starts."""
    provider = database(runner, "bench_say")
    provider.setup()
    for first in range(0, number, 1000):
        with provider.as_itself("fill").transaction() as tx:
            tx.emit([Said(each) for each in range(first, first + 1000)])


def drained(runner: Runner) -> float:
    """Seconds until the relay has published everything."""
    began = time.perf_counter()
    store = database(runner, "bench_say").store
    while True:
        with store.begin(read_only=True) as session:
            if not outbox.status(session)["waiting"]:
                return time.perf_counter() - began
        eventlet.sleep(0.02)


def say(runner: Runner, number: int) -> dict[int, float]:
    """Say events one after another; when the transaction of each had committed."""
    committed = {}
    bound = database(runner, "bench_say").as_itself("say")
    for each in range(number):
        with bound.transaction() as tx:
            tx.emit(Said(each))
        committed[each] = time.time()
        eventlet.sleep(PAUSE)
    return committed


def main(role: str) -> None:
    """Be one of the two processes, or fill and drain."""
    logs.configure("error", "json")
    if role == "hear":
        start(HearService, heard)
        say_ready()
        while True:
            eventlet.sleep(1)
            if len(handled) >= int(os.environ["BENCH_NUMBER"]):
                tell(handled)
                Event().wait()
    if role == "drain":
        runner = start(SayService, said)
        number = int(os.environ["BENCH_FILL"])
        tell({"events_a_second": number / drained(runner)})
        os._exit(0)
    runner = start(SayService, said)
    say_ready()
    for number in questions():
        tell(say(runner, number))


if __name__ == "__main__":
    main(sys.argv[1])
