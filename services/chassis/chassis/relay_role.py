"""Which of a service's processes relays its events: one at a time, and never one that stands still.

On PostgreSQL the role is a session's advisory lock. Who holds it looks into the database at least
once a second; one that has not for ``STALE_SECONDS`` is frozen or cut off, and whoever waits for
the role ends its session and takes over. Those who wait pass on that something was committed in
their process, so that an event leaves at once whichever process said it. On SQLite there is only
one process.
"""

import logging
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.hubs import trampoline
from eventlet.timeout import Timeout

from chassis.store import Store
from chassis.wakeup import WakeUp

log = logging.getLogger(__name__)

WAIT_SECONDS = 1.0  # between two tries to get the role
STALE_SECONDS = 4.0  # by the database's clock
LISTEN_SECONDS = 30.0  # after which a quiet line is tried

_END_STALE = sa.text(
    """
    SELECT pg_terminate_backend(holder.pid)
    FROM pg_locks AS held JOIN pg_stat_activity AS holder ON holder.pid = held.pid
    WHERE held.locktype = 'advisory' AND held.granted
      AND held.classid = 0 AND held.objid = :key AND held.objsubid = 1
      AND holder.datname = current_database() AND held.database = holder.datid
      AND greatest(holder.query_start, holder.state_change)
          < clock_timestamp() - make_interval(secs => :stale)
    """
)


class StoodStill(RuntimeError):
    """This process did not run for a while: by now another one may have the role."""


class RelayRole:
    """The role of one service, as one of its processes sees it."""

    def __init__(self, store: Store, service: str, wakeup: WakeUp) -> None:
        self._store = store
        self._wakeup = wakeup
        self._key = zlib.crc32(f"relay:{service}".encode())
        self._channel = f"chambers_relay_{service}"
        self._looked_at = 0.0

    @contextmanager
    def held(self, stopping: Callable[[], bool]) -> Iterator[sa.Connection]:
        """Wait for the role; yields the connection to read with, which keeps it.

        Raises RuntimeError when ``stopping`` says so while another process has it.
        """
        if self._store.sqlite:
            with self._store.reading.connect() as connection:
                self.looked()
                yield connection
            return
        engine = self._store.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            try:
                self._wait(connection, stopping)
                listener = eventlet.spawn(self._listen)
                try:
                    yield connection
                finally:
                    listener.kill()
            finally:
                connection.invalidate()  # the lock ends with the session, not with the pool

    def looked(self) -> None:
        """Note that the database was just looked into."""
        self._looked_at = time.monotonic()

    def require_fresh(self) -> None:
        """Raise StoodStill when the last look is so long ago that the role may be another's."""
        if time.monotonic() - self._looked_at >= STALE_SECONDS - WAIT_SECONDS:
            raise StoodStill("stood still; another process may relay by now")

    def _wait(self, connection: sa.Connection, stopping: Callable[[], bool]) -> None:
        mine = sa.select(sa.func.pg_try_advisory_lock(self._key))
        while not connection.scalar(mine):
            if stopping():
                raise RuntimeError("stopped while another process relays")
            if self._wakeup.wait(WAIT_SECONDS):
                connection.execute(sa.select(sa.func.pg_notify(self._channel, "")))
            elif connection.scalar(_END_STALE, {"key": self._key, "stale": STALE_SECONDS}):
                log.warning("ended the session of a relay that stood still")
        self.looked()

    def _listen(self) -> None:
        """Ring the wake-up for what other processes have committed."""
        while True:
            try:
                with self._store.engine.connect() as connection:
                    try:
                        self._ring_for_others(connection)
                    finally:
                        connection.invalidate()  # LISTEN is the session's
            except (Exception, Timeout) as error:  # noqa: BLE001 - the poll goes on without it
                log.warning("not told of others' commits: %r", error)
                eventlet.sleep(WAIT_SECONDS)

    def _ring_for_others(self, connection: sa.Connection) -> None:
        raw: Any = connection.connection.driver_connection
        raw.autocommit = True
        with raw.cursor() as cursor:
            cursor.execute(f"LISTEN {self._channel}")
            self._wakeup.ring()  # for what was committed before
            while True:
                if _is_readable(raw):
                    raw.poll()
                else:
                    cursor.execute("SELECT 1")  # is anybody there?
                if raw.notifies:
                    raw.notifies.clear()
                    self._wakeup.ring()


def _is_readable(raw: Any) -> bool:
    """Return whether something comes within ``LISTEN_SECONDS``; waits without holding up others."""
    try:
        trampoline(raw.fileno(), read=True, timeout=LISTEN_SECONDS)
    except Timeout:
        return False
    return True
