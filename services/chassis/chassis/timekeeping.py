"""Whether the machine's clock may be gone by, before something is ended or charged for good.

A clock that jumps by years would end every invitation and charge every subscription at the next
run. So jobs that go by it wait while it differs by more than `clock_limit` from the database's, and
after it has jumped by more than that, until it has held for `clock_hold`: record 0044.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from chassis import clock, outbox
from chassis.saying import Rarely
from chassis.store import Store

log = logging.getLogger(__name__)


class Timekeeper:
    """Compares the clock with what it was at the last look, and with the database's."""

    def __init__(
        self,
        limit: timedelta,
        hold: timedelta,
        machine: Callable[[], datetime] = clock.machine,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit, self._hold = limit, hold.total_seconds()
        self._machine, self._steady = machine, steady
        self._last: tuple[datetime, float] | None = None
        self._held_since: float | None = None  # None: nothing is wrong
        self._said = Rarely(log)

    def trusts(self, store: Store, job: str) -> bool:
        """Return whether the job may run by the clock; if not, the log says why, each minute."""
        doubt = self.doubt(*_others(store, first=self._last is None))
        if doubt is None:
            self._said.over()
            return True
        self._said.warn(job, "%s waits: %s", job, doubt)
        return False

    def doubt(self, database: datetime | None, newest: datetime | None = None) -> str | None:
        """Return why the clock is not to be gone by, or None.

        ``database`` is what the database's own clock says, ``newest`` when the service last said
        something before it was started; None where nobody knows.
        """
        now, steady = self._machine(), self._steady()
        expected = newest
        if self._last is not None:
            before, then = self._last
            expected = before + timedelta(seconds=steady - then)
        self._last = now, steady
        if expected is not None and abs(now - expected) > self._limit:
            self._held_since = steady
        if database is not None and abs(now - database) > self._limit:
            self._held_since = steady
            return f"the clock says {_words(now)}, the database's {_words(database)}"
        if self._held_since is None:
            return None
        left = self._hold - (steady - self._held_since)
        if left > 0:
            return f"the clock jumped, to {_words(now)}; it has to hold for {left:.0f} s"
        self._held_since = None
        log.warning("the clock has held: jobs go by %s", _words(now))
        return None


def _others(store: Store, first: bool) -> tuple[datetime | None, datetime | None]:
    """Return the database's clock, where it has its own, and the time of the newest event."""
    if store.sqlite and not first:
        return None, None
    with store.begin(read_only=True) as session:
        database = None if store.sqlite else session.scalar(sa.select(sa.func.clock_timestamp()))
        return database, outbox.newest_made_at(session) if first else None


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
