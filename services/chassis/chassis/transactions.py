"""The transaction a message runs in: its session, its time, its actor, and what it says."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis import clock, outbox
from chassis.calls import Call
from chassis.changes import Changes, Context
from chassis.ids import uuid7
from chassis.store import Store

if TYPE_CHECKING:
    from chassis.auth import Actor

T = TypeVar("T")


class Transaction:
    """Given to every handler as ``tx``; what it changes and says takes effect together."""

    def __init__(self, session: Session | None, call: Call) -> None:
        self._session = session
        self.call = call
        self.now: datetime = clock.now()
        self._said: list[dict[str, Any]] = []
        self.woken: set[str] = set()

    @property
    def session(self) -> Session:
        """The begun session."""
        if self._session is None:
            raise RuntimeError("the transaction is not open")
        return self._session

    @property
    def actor(self) -> "Actor":
        """Who asks; for events and jobs the service itself."""
        if self.call.actor is None:
            raise RuntimeError("the caller was not asked who it is")
        return self.call.actor

    @property
    def account_id(self) -> UUID:
        """The account of the person who asks, where no one else may ask."""
        if self.actor.account_id is None:
            raise RuntimeError("no person asks")
        return self.actor.account_id

    @property
    def key(self) -> str:
        """The key under which this takes effect once; of an event it is the event's id."""
        if self.call.key is None:
            raise RuntimeError("nothing here has a key")
        return self.call.key

    @property
    def call_id(self) -> str:
        """The id under which this call stands in the logs of every service it crosses."""
        return self.call.call_id

    def new_id(self) -> UUID:
        """Return a fresh UUIDv7."""
        return uuid7()

    def context(self, by: UUID | None) -> Context:
        """Return what rules are told of the change: that account, or nobody, makes it now."""
        return Context(by, self.now, self.new_id)

    def apply(self, changes: Changes[T]) -> T:
        """Store and say what a rule has brought about; return its result."""
        self.session.flush()  # first what changed, so that new rows find unique places free
        for things in _by_kind(changes.new).values():
            self.session.add_all(things)
            self.session.flush()
        for kind, lines in _by_kind(changes.history).items():
            self.session.execute(_insert(kind), [_row(line) for line in lines])
        self.emit(*changes.events)
        return changes.result

    def emit(self, *events: Any) -> None:
        """Say these events when the transaction commits; None is skipped, lists are opened."""
        for event in events:
            if isinstance(event, list | tuple):
                self.emit(*event)
            elif event is not None:
                self._said.append(outbox.row(event, self.call, self.now))
                self._note_firm(event)

    def wake(self, job: str) -> None:
        """Let the job run at once when the transaction has committed."""
        self.woken.add(job)

    @property
    def has_events(self) -> bool:
        """Whether events wait for the commit."""
        return bool(self._said)

    def write_outbox(self) -> None:
        """Store what was said; called once, just before the commit."""
        if self._said:
            self.session.flush()
            outbox.insert(self.session, self._said)

    def _note_firm(self, event: Any) -> None:
        if hasattr(event, "firm_id"):
            self.call.firm_id = event.firm_id


@lru_cache(maxsize=100)
def _insert(kind: Any) -> sa.Insert:
    """Built once for each kind, so that it is compiled once, too."""
    return sa.insert(sa.inspect(kind).local_table)


def _by_kind(things: Iterable[Any]) -> dict[Any, list[Any]]:
    kinds: dict[Any, list[Any]] = {}
    for one in things:
        kinds.setdefault(type(one), []).append(one)
    return kinds


def _row(line: object) -> dict[str, Any]:
    return {name: value for name, value in vars(line).items() if not name.startswith("_")}


class Reading(Transaction):
    """A read-only transaction; it is opened when the session is first asked for."""

    def __init__(self, store: Store, opened: ExitStack, call: Call) -> None:
        super().__init__(None, call)
        self._store = store
        self._opened = opened

    @property
    def session(self) -> Session:
        """The begun session; opening it may raise DatabaseUnavailable."""
        if self._session is None:
            self._session = self._opened.enter_context(self._store.begin(read_only=True))
        return self._session

    def emit(self, *events: Any) -> None:
        """Refuse: a query changes nothing, so it has nothing to say."""
        raise RuntimeError("a query changes nothing, so it has nothing to say")
