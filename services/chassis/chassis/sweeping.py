"""Keeps the chassis' own tables from growing for ever."""

import logging
from datetime import timedelta

from chassis import clock, commands, heard, inbox, limits, outbox
from chassis.companion import Companion

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
FIRST_AFTER_SECONDS = 60.0
KEEP_ANSWERS = timedelta(days=7)
KEEP_HANDLED = timedelta(days=30)


class Sweeper(Companion):
    """Once an hour forgets old answers, handled events, counts, and old events if so configured."""

    def run(self) -> None:
        """Sweep, sleep, until told to stop."""
        self.bell.wait(FIRST_AFTER_SECONDS)
        while not self.stopping:
            try:
                self.sweep()
            except Exception as error:  # noqa: BLE001 - the database may be away; the next hour will do
                log.warning("sweeping of %s: %r", self.database.container.service_name, error)
            self.bell.wait(EVERY_SECONDS)

    def sweep(self) -> None:
        """Delete what is older than its time; nothing, while the clock is in doubt.

        Events stay that are unpublished, unhandled, or not known to have reached everybody.
        """
        if not self.database.timekeeper.trusts(self.database.store, "sweeping"):
            return
        now = clock.now()
        configuration = self.database.container.config["chambers"]
        days = int(configuration.get("events.keep_days"))
        with self.database.store.begin() as session:
            commands.sweep(session, now - KEEP_ANSWERS)
            inbox.sweep(session, now - KEEP_HANDLED)
            if limits.mail_counts.name in self.database.metadata.tables:
                limits.sweep(session, now)
            if days:
                compared = configuration.get("events.compare_every") > 0
                listening = self.database.consumers()
                up_to = heard.received_by_all(session, listening) if compared else None
                outbox.sweep(session, now - timedelta(days=days), up_to)
