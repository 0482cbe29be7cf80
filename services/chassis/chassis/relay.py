"""Publishes what the outbox holds: in order, confirmed, right after each commit.

However many processes run a service, one relays (``relay_role``). A row counts as published when
the bus has confirmed it; everything else goes again, and the inboxes of the consumers know a
repeat.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import eventlet
import sqlalchemy as sa

from chassis import clock, faultpoints, heard, outbox, topology
from chassis.background import BackgroundWorker
from chassis.bus.confirms import BusUnavailable, ConfirmingChannel, Outcome
from chassis.consumers import Consumers
from chassis.relay_role import RelayRole
from chassis.saying import Rarely
from chassis.store import Store
from chassis.wakeup import WakeUp

log = logging.getLogger(__name__)

BATCH = 200
WINDOW = 600  # published and not yet confirmed, at most
MARK_PATIENCE_SECONDS = 0.1  # who dies meanwhile leaves repeats, which inboxes know
POLL_SECONDS = 1.0  # a net under the wake-up: held rows
CONFIRM_SECONDS = 5.0  # without any confirm while some are owed: the line is dead
STAND_BACK_SECONDS = 1.2  # after a failure; others try for the role each second


class Relay(BackgroundWorker):
    """One greenthread publishes, a second collects the confirms."""

    def __init__(
        self,
        service: str,
        store: Store,
        config: Mapping[str, Any],
        consumers: Callable[[], Consumers],
    ) -> None:
        super().__init__(service, store)
        self._config = config
        self._consumers = consumers
        self._published = WakeUp()
        self._trouble = Rarely(log)
        self._backlog = False  # whether more rows wait than were published
        self._flying: set[int] = set()
        self._may_be_repeats_up_to = 0

    def run(self) -> None:
        """Relay until told to stop; whatever goes wrong is logged and tried again."""
        service = self.service
        listeners = self._listeners = self._consumers()
        self._heard = {kind for kind, listening in listeners.items() if listening}
        self._exchange = topology.event_exchange(service)
        self._queues = [
            topology.event_queue(service, kind, consumer, handler)
            for kind, listening in listeners.items()
            for consumer, handler in listening
        ]
        self._role = RelayRole(self.store, service, self.wakeup)
        while not self.stopping:
            try:
                with self._role.held(lambda: self.stopping) as connection:
                    self._relay(connection)
            except Exception as error:  # noqa: BLE001 - the relay must outlive broker and database
                self._trouble.warn(repr(error), "relay of %s: %r", service, error)
                self._stand_back()

    def _stand_back(self) -> None:
        """Long enough for a process that reaches broker and database to take the role."""
        end = time.monotonic() + STAND_BACK_SECONDS
        while not self.stopping and time.monotonic() < end:
            self.wakeup.wait(end - time.monotonic())

    def _relay(self, connection: sa.Connection) -> None:
        channel = ConfirmingChannel(self._config)
        self._flying.clear()
        self._may_be_repeats_up_to = outbox.newest_id(connection)
        connection.rollback()
        with self.store.begin() as session:  # before they have queues to hear from
            heard.register(session, self._listeners)
        collector = None
        try:
            channel.declare([self._exchange, *self._queues])
            self._trouble.over()
            collector = eventlet.spawn(self._collect, channel)
            while not self._finished(connection, channel):
                if collector.dead:
                    collector.wait()  # raises what ended it
        finally:
            if collector is not None:
                collector.kill()
            channel.close()

    def _finished(self, connection: sa.Connection, channel: ConfirmingChannel) -> bool:
        """Publish what there is, then wait to be woken. True when stopped and nothing is left."""
        sent = self._publish_batch(connection, channel)
        if sent == BATCH:
            return False
        if self.stopping and not sent and not self._flying:
            return True
        self.wakeup.wait(0.05 if self.stopping else POLL_SECONDS)
        return False

    def _publish_batch(self, connection: sa.Connection, channel: ConfirmingChannel) -> int:
        if len(self._flying) > WINDOW - BATCH:
            self._backlog = True  # as far as is known: nobody has looked
            self._show_life(connection)
            return 0
        rows = outbox.unpublished(connection, clock.now(), self._flying, BATCH)
        connection.rollback()  # a new look each time
        self._role.require_fresh()
        self._role.looked()
        self._backlog = len(rows) == BATCH
        if rows:
            with channel.together():
                for row in rows:
                    self._publish(row, channel)
            self._published.ring()
        return len(rows)

    def _show_life(self, connection: sa.Connection) -> None:
        connection.scalar(sa.select(1))
        connection.rollback()
        self._role.looked()

    def _publish(self, row: Any, channel: ConfirmingChannel) -> None:
        self._flying.add(row.id)
        faultpoints.reached("relay_before_publish")
        channel.publish(
            self._exchange.name,
            row.type,
            row.envelope,
            row.id,
            mandatory=row.type in self._heard,
            **self._properties(row),
        )

    def _properties(self, row: Any) -> dict[str, Any]:
        repeated = row.id <= self._may_be_repeats_up_to or row.attempts > 0
        headers = {"chambers.repeated": True} if repeated else {}
        return {"message_id": str(row.event_id), "application_headers": headers}

    def _collect(self, channel: ConfirmingChannel) -> None:
        owed_since = time.monotonic()
        try:
            while True:
                if not len(channel):
                    self._published.wait(POLL_SECONDS)
                    owed_since = time.monotonic()
                if outcomes := self._drained(channel):
                    self._settle(outcomes)
                    owed_since = time.monotonic()
                if time.monotonic() - owed_since > CONFIRM_SECONDS:
                    raise BusUnavailable("the broker confirms nothing")
        finally:
            self.wakeup.ring()

    def _drained(self, channel: ConfirmingChannel) -> list[Outcome]:
        """Return confirms of a moment: of several messages, marked in one transaction."""
        outcomes = channel.drain(timeout=POLL_SECONDS)
        end = time.monotonic() + MARK_PATIENCE_SECONDS
        while outcomes and len(outcomes) < BATCH and not self.stopping:
            left = end - time.monotonic()
            if left <= 0:
                break
            if len(channel):
                outcomes += channel.drain(timeout=left)
            else:
                self._published.wait(left)
        return outcomes

    def _settle(self, outcomes: list[Outcome]) -> None:
        faultpoints.reached("relay_after_publish_before_mark")
        by_state: dict[str, list[int]] = {"confirmed": [], "returned": [], "nacked": []}
        for outcome in outcomes:
            by_state[outcome.state].append(outcome.tag)
        with self.store.begin() as session:
            if by_state["confirmed"]:
                outbox.mark_published(session, by_state["confirmed"], clock.now())
            if by_state["returned"]:
                outbox.hold(session, by_state["returned"], clock.now())
        self._flying.difference_update(outcome.tag for outcome in outcomes)
        if by_state["returned"]:
            raise BusUnavailable("events have no queue: declare the queues again")
        if by_state["nacked"]:
            raise BusUnavailable("the broker did not take an event")
        if self.stopping or self._backlog:
            self.wakeup.ring()
