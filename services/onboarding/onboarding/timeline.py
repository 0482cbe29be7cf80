"""What happened, when, by whom, and which services it crossed, as their databases tell it."""

import time
from dataclasses import asdict, dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from chassis import clock
from chassis.database import Database
from chassis.inbox import inbox
from chassis.outbox import outbox
from chassis.runner import Runner
from onboarding.system import System, wait_for


@dataclass
class Entry:
    """``second`` since the start, ``day`` of the story; ``crossed`` as in the message map."""

    second: float
    day: int
    who: str
    what: str
    crossed: list[str]


class Timeline:
    """Collects entries; a step's events are followed by the id of its call."""

    def __init__(self, system: System, say: Any) -> None:
        self._system = system
        self._say = say
        self._began = time.monotonic()
        self._first_day = clock.now().date()
        self.entries: list[Entry] = []

    def note(self, who: str, what: str, target: str | None = None) -> None:
        """Add the latest call (of ``target``), once what it caused is settled."""
        call_id = self._system.latest_call(target)
        second = time.monotonic() - self._began
        runner = self._system.runner
        crossed = [call_id.split(".")[0]]
        if runner is not None:
            wait_for(lambda: settled(runner), "all events to be handled")
            crossed = _crossed(runner, call_id)
        entry = Entry(round(second, 1), self.day, who, what, crossed)
        self.entries.append(entry)
        when = f"day {self.day:3}" if self.day else f"{entry.second:5.1f} s"
        self._say(f"{when}  {who:<14} {what}  [{' → '.join(crossed)}]")

    @property
    def day(self) -> int:
        """How many days have passed since the story began."""
        return (clock.now().date() - self._first_day).days

    def as_json(self) -> list[dict[str, Any]]:
        """Return the timeline, for programs."""
        return [asdict(entry) for entry in self.entries]


def rows(runner: Runner, service: str, statement: Any) -> list[Any]:
    """Return what a SELECT on a service's database gives; the services run in this very process."""
    databases = runner.container(service).dependencies
    (database,) = (one for one in databases if isinstance(one, Database))
    with database.store.begin(read_only=True) as session:
        return list(session.execute(statement).all())


def settled(runner: Runner) -> bool:
    """Return whether no event waits to be published or handled."""
    waiting = sa.select(outbox.c.id).where(outbox.c.published_at.is_(None)).limit(1)
    retrying = sa.select(inbox.c.event_id).where(inbox.c.state == "retry").limit(1)
    return not any(
        rows(runner, service, statement)
        for service in runner.service_map
        for statement in (waiting, retrying)
    )


def _crossed(runner: Runner, call_id: str) -> list[str]:
    """Return the asked service, then those that heard of it, in the order of the first hearing."""
    first = call_id.split(".")[0]
    events: dict[Any, str] = {}
    for service in runner.service_map:
        for event_id, envelope in rows(
            runner, service, sa.select(outbox.c.event_id, outbox.c.envelope)
        ):
            if orjson.loads(envelope)["call_id"] == call_id:
                events[event_id] = service
    heard = []
    for service in runner.service_map:
        mine = sa.select(sa.func.min(inbox.c.received_at)).where(inbox.c.event_id.in_(events))
        for (at,) in rows(runner, service, mine):
            if at is not None and service != first:
                heard.append((at, service))
    return [first, *(service for _, service in sorted(heard))]
