"""Finds events that the broker confirmed and lost, and publishes them again, without a person.

Each event is asked about once: what a consumer has received is in its database, whatever becomes
of the broker, and a mark per consumer says up to where that is known.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from chassis import clock, heard, outbox
from chassis.background import BackgroundWorker
from chassis.comparison import Ask, Comparison
from chassis.config import Configuration
from chassis.consumers import Consumers
from chassis.errors import ChassisError, DeadlineExceeded, Unavailable
from chassis.heard import Consumer
from chassis.saying import Rarely
from chassis.store import Store

log = logging.getLogger(__name__)

PAGES = 20  # for one consumer in one run
MOST_TIMES = 5  # an event that never comes is not published for ever
SHORTEST_PAUSE_SECONDS = 0.2


class Comparer(BackgroundWorker):
    """One process of a service compares with one consumer at a time, by a claim of its turn."""

    def __init__(
        self,
        service: str,
        store: Store,
        configuration: Configuration,
        consumers: Callable[[], Consumers],
        trusts_clock: Callable[[str], bool],
        ask: Ask,
        wake_relay: Callable[[], None],
    ) -> None:
        super().__init__(service, store)
        self._every = timedelta(seconds=float(configuration.get("events.compare_every")))
        self._on_its_way = timedelta(seconds=float(configuration.get("events.compare_after")))
        self._consumers = consumers
        self._trusts_clock = trusts_clock
        self._ask = ask
        self._wake_relay = wake_relay
        self._trouble = Rarely(log)

    def run(self) -> None:
        """Compare with whoever's turn it is, until told to stop."""
        if not self._every:
            return
        pause = max(self._every.total_seconds() / 4, SHORTEST_PAUSE_SECONDS)
        while not self.stopping:
            self.wakeup.wait(pause)
            try:
                self._compare_all()
            except Exception as error:  # noqa: BLE001 - the database may be away; the next turn will do
                self._trouble.warn(repr(error), "comparing events of %s: %r", self.service, error)

    def _compare_all(self) -> None:
        """With all who may miss something; with nobody while the clock is in doubt."""
        silent: set[str] = set()  # who did not answer is not asked for its other handlers
        behind = self._behind()
        if not behind or not self._trusts_clock("comparing"):
            return
        for consumer in behind:
            if self.stopping or consumer.service in silent or not self._take_turn(consumer):
                continue
            try:
                self._compare(consumer)
            except ChassisError as error:
                if isinstance(error, Unavailable | DeadlineExceeded):
                    silent.add(consumer.service)
                self._trouble.warn(
                    f"{consumer.name} {error.code}",
                    "not known whether %s has its events: %r", consumer.name, error,
                )  # fmt: skip

    def _behind(self) -> list[Consumer]:
        """Return those for whom there is something to ask about; idle services do not write."""
        with self.store.begin(read_only=True) as session:
            newest = outbox.newest_id(session.connection())
            listed = heard.listed(session, self._consumers())
        return [consumer for consumer in listed if consumer.received_to < newest]

    def _take_turn(self, consumer: Consumer) -> bool:
        with self.store.begin() as session:
            return heard.take_turn(session, consumer, clock.now(), self._every)

    def _compare(self, consumer: Consumer) -> None:
        """Up to so many pages; the mark stays before the first event that has not come."""
        comparison = Comparison(self.store, consumer, self._ask, self._on_its_way, self.wakeup.wait)
        end, missing = consumer.received_to, None
        for _ in range(PAGES):
            before, look = end, comparison.look(end)
            end = look.end
            given_up = self._mend(comparison, consumer, look.lost)
            if missing is None:
                missing = next((row.id for row in look.missing if row.id not in given_up), None)
            if end == before or len(look.missing) > len(look.lost) or self.stopping:
                break
        received_to = end if missing is None else missing - 1
        if received_to > consumer.received_to:
            with self.store.begin() as session:
                heard.advance(session, consumer, received_to)

    def _mend(self, comparison: Comparison, consumer: Consumer, lost: Sequence[Any]) -> set[int]:
        """Publish again what was lost; the ids of what has gone too often for that."""
        again = [row for row in lost if row.republished < MOST_TIMES]
        if again:
            comparison.republish(again)
            log.warning(
                "events lost on the bus are published again: %d %s that never reached %s",
                len(again), consumer.type, consumer.name,
            )  # fmt: skip
            self._wake_relay()
        for row in lost:
            if row.republished >= MOST_TIMES:
                log.error("%s does not receive event %s: given up", consumer.name, row.event_id)
        return {row.id for row in lost} - {row.id for row in again}
