"""Tries again what failed in an event handler, with growing pauses, from the inbox.

The broker knows nothing of it: a failed event is acknowledged and waits in the database, so
retries are the same on both buses and never storm (T31).
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from chassis import clock, inbox
from chassis.background import BackgroundWorker
from chassis.events import EventHandler
from chassis.received import ReceivedEvent, Undecodable
from chassis.saying import Rarely
from chassis.store import Store

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0  # a net under the wake-up, for what another process left behind


class Retries(BackgroundWorker):
    """Hands due events to their handlers again, each up to ``most`` times."""

    def __init__(
        self,
        service: str,
        store: Store,
        handlers: Callable[[], Mapping[str, EventHandler]],
        most: int,
    ) -> None:
        super().__init__(service, store)
        self._handlers = handlers
        self._most = most

    def run(self) -> None:
        """Work off what is due, then sleep until the next is."""
        trouble = Rarely(log)
        while not self.stopping:
            try:
                pause = self._work_off()
                trouble.over()
            except Exception as error:  # noqa: BLE001 - the database may be away
                trouble.warn(repr(error), "retries of %s: %r", self.service, error)
                pause = 1.0
            self.wakeup.wait(pause)

    def _work_off(self) -> float:
        with self.store.begin(read_only=True) as session:
            rows = inbox.due(session, clock.now())
        for row in rows:
            if self.stopping:
                return 0.0
            self._hand_over(row)
        with self.store.begin(read_only=True) as session:
            upcoming = inbox.next_due(session)
        if upcoming is None:
            return POLL_SECONDS
        return min(max((upcoming - clock.now()).total_seconds(), 0.01), POLL_SECONDS)

    def _hand_over(self, row: Any) -> None:
        handler = self._handlers().get(row.handler)
        if handler is None:
            log.error("no handler %s any more for a waiting %s", row.handler, row.type)
            return
        died = row.error_code is None  # its process ended: counted when it is its turn
        if not self._take(row, handler.lease_seconds, died):
            return
        try:
            body = bytes(row.body)
            delivery = ReceivedEvent.decode(body, row.handler, redelivered=died, counted=not died)
        except Undecodable as error:
            log.error("a waiting event cannot be decoded: %s", error)
            return
        handler.handle(delivery, lambda: None)

    def _take(self, row: Any, lease_seconds: float, died: bool) -> bool:
        until = clock.now() + timedelta(seconds=lease_seconds)
        with self.store.begin() as session:
            if died:
                return inbox.lease_due(session, row, until)
            return inbox.take_due(session, row, until, limit=self._most)
