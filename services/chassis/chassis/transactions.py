"""The transaction a message runs in: its session, its time, its actor, and what it says."""

from contextlib import ExitStack
from dataclasses import fields as dataclass_fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis import clock, outbox
from chassis.calls import Call
from chassis.ids import uuid7
from chassis.store import Store

if TYPE_CHECKING:
    from chassis.auth import Actor


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
    def call_id(self) -> str:
        """The id under which this call stands in the logs of every service it crosses."""
        return self.call.call_id

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7()

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
    def says_something(self) -> bool:
        """Whether events wait for the commit."""
        return bool(self._said)

    def write_outbox(self) -> None:
        """Store what was said; called once, just before the commit."""
        if self._said:
            self.session.flush()
            outbox.insert(self.session, self._said)

    def _note_firm(self, event: Any) -> None:
        if any(field.name == "firm_id" for field in dataclass_fields(event)):
            self.call.firm_id = event.firm_id


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
        """Refused."""
        raise RuntimeError("a query changes nothing, so it has nothing to say")
