"""Mail: one message owed to one recipient, and the states it goes through.

``due_at`` is the one clock of a mail: while it waits, when to try next; while somebody sends it,
when that lease ends and another may; once nobody will try again, None.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from notifications.mails.events import EmailDelivered, EmailFailed
from notifications.mails.letter import Kind, Letter

# Longer than the slowest attempt (link, connection and conversation together are under two
# minutes), so that a lease ends only when its holder is gone.
LEASE = timedelta(minutes=3)

# The pauses before each further attempt: a restart is over in seconds, a greylisting server wants
# minutes, a broken one is repaired within a day. After the last attempt the mail has failed.
PAUSES = tuple(timedelta(seconds=s) for s in (10, 60, 300, 900, 3600, 10_800, 21_600, 43_200))

DETAIL_LENGTH = 300


class State(StrEnum):
    """Where a mail stands; the failures that still have a ``due_at`` will be tried again."""

    CREATED = "created"
    SENDING = "sending"
    DELIVERED = "delivered"
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    TECHNICAL_FAILURE = "technical_failure"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: the state it leads to, why, and the other side's own words."""

    state: State
    reason: str = ""
    detail: str = ""


@dataclass(eq=False)
class Mail:
    """A row of the mails table: who is owed what, and how far it got."""

    id: UUID
    kind: Kind
    about_id: UUID
    generation: str
    recipient: str
    recipient_name: str
    firm_id: UUID | None
    facts: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None
    state: State = State.CREATED
    reason: str = ""
    detail: str = ""
    attempts: int = 0
    subject_id: UUID | None = None
    rank: int = 0

    @classmethod
    def owed(cls, mail_id: UUID, letter: Letter, now: datetime) -> "Mail":
        """Return a new mail for ``letter``, due at once."""
        return cls(
            id=mail_id,
            kind=letter.kind,
            about_id=letter.about_id,
            generation=letter.generation,
            recipient=letter.recipient,
            recipient_name=letter.recipient_name,
            firm_id=letter.firm_id,
            facts=letter.facts,
            created_at=now,
            updated_at=now,
            due_at=now,
            subject_id=letter.subject_id,
            rank=letter.rank,
        )

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """What it is about: news of any of these may end it."""
        return (self.about_id,) if self.subject_id is None else (self.about_id, self.subject_id)

    def claim(self, now: datetime, lease: timedelta = LEASE) -> None:
        """Take the mail for one attempt; until the lease ends nobody else will."""
        self.state = State.SENDING
        self.attempts += 1
        self.updated_at = now
        self.due_at = now + lease

    def record(
        self, outcome: Outcome, attempt: int, now: datetime
    ) -> EmailDelivered | EmailFailed | None:
        """Record what attempt number ``attempt`` came to.

        Returns EmailDelivered, EmailFailed when nobody will try again, or None. The outcome of an
        attempt whose lease has passed to another is dropped, unless the mail was taken: that is
        true whoever says it.
        """
        if self.state is State.DELIVERED:
            return None
        if outcome.state is State.DELIVERED:
            return self._deliver(now)
        if self.state is not State.SENDING or attempt != self.attempts:
            return None
        self._close(outcome, now)
        if self._worth_another_attempt():
            self.due_at = now + PAUSES[self.attempts - 1]
            return None
        return None if outcome.state is State.CANCELLED else self._failed(now)

    def withdraw(self, reason: str, now: datetime) -> None:
        """Drop the mail if it still waits.

        One being sent now is left to its attempt: if that fails, it is looked at again before the
        next one.
        """
        if self.due_at is None or (self.state is State.SENDING and self.due_at > now):
            return
        self._close(Outcome(State.CANCELLED, reason), now)

    def _deliver(self, now: datetime) -> EmailDelivered:
        self._close(Outcome(State.DELIVERED), now)
        return EmailDelivered(
            mail_id=self.id,
            kind=self.kind,
            about_id=self.about_id,
            generation=self.generation,
            firm_id=self.firm_id,
            recipient=self.recipient,
            attempts=self.attempts,
            delivered_at=now,
        )

    def _close(self, outcome: Outcome, now: datetime) -> None:
        self.state = outcome.state
        self.reason = outcome.reason
        self.detail = outcome.detail[:DETAIL_LENGTH]
        self.updated_at = now
        self.due_at = None

    def _worth_another_attempt(self) -> bool:
        retried = (State.TEMPORARY_FAILURE, State.TECHNICAL_FAILURE)
        return self.state in retried and self.attempts <= len(PAUSES)

    def _failed(self, now: datetime) -> EmailFailed:
        return EmailFailed(
            mail_id=self.id,
            kind=self.kind,
            about_id=self.about_id,
            generation=self.generation,
            firm_id=self.firm_id,
            recipient=self.recipient,
            attempts=self.attempts,
            state=self.state,
            reason=self.reason,
            detail=self.detail,
            failed_at=now,
        )
