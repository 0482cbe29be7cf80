"""Keeps the chassis' own tables from growing for ever."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from chassis import clock, commands, heard, inbox, limits, outbox
from chassis.background import BackgroundWorker
from chassis.batches import step_by_step
from chassis.config import Configuration
from chassis.consumers import Consumers
from chassis.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
FIRST_AFTER_SECONDS = 60.0
KEEP_ANSWERS = timedelta(days=7)


class Retention(BackgroundWorker):
    """Once an hour forgets old answers, handled events, counts, and old events if so configured."""

    def __init__(
        self,
        service: str,
        store: Store,
        configuration: Configuration,
        consumers: Callable[[], Consumers],
        trusts_clock: Callable[[str], bool],
        counts_mails: bool,
    ) -> None:
        super().__init__(service, store)
        self._keep_days = int(configuration.get("events.keep_days"))
        self._compares = configuration.get("events.compare_every") > 0
        self._consumers = consumers
        self._trusts_clock = trusts_clock
        self._counts_mails = counts_mails

    def run(self) -> None:
        """Sweep, sleep, until told to stop."""
        self.wakeup.wait(FIRST_AFTER_SECONDS)
        while not self.stopping:
            try:
                self.sweep()
            except Exception as error:  # noqa: BLE001 - the database may be away; the next hour will do
                log.warning("sweeping of %s: %r", self.service, error)
            self.wakeup.wait(EVERY_SECONDS)

    def sweep(self) -> None:
        """Delete what is older than its time; nothing, while the clock is in doubt.

        Events stay that are unpublished, unhandled, or not known to have reached everybody.
        """
        if not self._trusts_clock("sweeping"):
            return
        now = clock.now()
        step_by_step(self.store, lambda session: commands.sweep(session, now - KEEP_ANSWERS))
        step_by_step(self.store, lambda session: inbox.sweep(session, now - inbox.KEEP_HANDLED))
        if self._counts_mails:
            with self.store.begin() as session:
                limits.sweep(session, now)
        if self._keep_days:
            self._sweep_outbox(now - timedelta(days=self._keep_days))

    def _sweep_outbox(self, before: datetime) -> None:
        """Also what is published again meanwhile stays: it is not published before that."""
        up_to = None
        if self._compares:
            with self.store.begin(read_only=True) as session:
                up_to = heard.received_by_all(session, self._consumers())
        step_by_step(self.store, lambda session: outbox.sweep(session, before, up_to))
