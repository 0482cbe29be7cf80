"""The database dependency: transactions for handlers, and what runs beside them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from nameko.extensions import DependencyProvider

from chassis.admission import Admission
from chassis.auth import Actor
from chassis.calls import Call
from chassis.comparer import Comparer
from chassis.comparison import asking
from chassis.config import Configuration
from chassis.consumers import Consumers, consumers_of
from chassis.events import EventHandler
from chassis.keys import Keyring
from chassis.lanes import FirmOf, Lanes
from chassis.limits import mail_counts
from chassis.relay import Relay
from chassis.retention import Retention
from chassis.retries import Retries
from chassis.rpc.client import RpcClient
from chassis.sealing import Sealer
from chassis.store import Store
from chassis.timekeeping import Timekeeper
from chassis.tokens import TokenSigner, TokenVerifier
from chassis.transactions import Reading, Transaction
from chassis.wakeup import WakeUp


@dataclass(frozen=True)
class RetryPlan:
    """How often and after which pauses (seconds) a failed event is tried again."""

    delays: tuple[float, ...]
    lease: timedelta


class Database(DependencyProvider):
    """Declared as ``db = Database(storage.metadata)`` by each service.

    ``firm_of(session, account_id)`` is the firm in which an account works, or None: by it the
    messages of one firm wait for each other rather than keep others waiting.
    """

    rpc = RpcClient()

    def __init__(
        self,
        metadata: sa.MetaData,
        consumers: Consumers | None = None,
        firm_of: FirmOf | None = None,
    ) -> None:
        self.metadata = metadata
        self._consumers = consumers
        self._firm_of = firm_of

    def __repr__(self) -> str:
        return "<chassis.database.Database>"

    def setup(self) -> None:
        """Open the store and the keys; nothing is read or written yet."""
        name = self.container.service_name
        configuration = self.container.config["chambers"]
        section = configuration.service(name)
        places = int(section["max_workers"])
        self.store = Store(section["database_url"], places + 8)
        self.lanes = Lanes(places, self._firm_of)
        limit, hold = (float(configuration.get(f"clock_{name}")) for name in ("limit", "hold"))
        self.timekeeper = Timekeeper(timedelta(seconds=limit), timedelta(seconds=hold))
        keyring = Keyring(configuration.get("keys.directory"))
        self.verifier = TokenVerifier(keyring)
        self.signer = TokenSigner(keyring, name)
        self.admission = Admission.configured(configuration, name)
        self.sealer = Sealer(keyring.secret(name))
        self.retry_plan = RetryPlan(
            tuple(float(pause) for pause in configuration.get("events.retry_delays").split(",")),
            timedelta(seconds=float(configuration.get("events.attempt_lease"))),
        )
        self.wakeups: dict[str, WakeUp] = {}
        self._set_up_workers(name, configuration)

    def _set_up_workers(self, name: str, configuration: Configuration) -> None:
        store, consumers, trusts_clock = self.store, self.consumers, self._trusts_clock
        self.relay = Relay(name, store, self.container.config, consumers)
        attempts = len(self.retry_plan.delays)
        self.retries = Retries(name, store, self._event_handlers, attempts)
        counts_mails = mail_counts.name in self.metadata.tables
        self.sweeper = Retention(name, store, configuration, consumers, trusts_clock, counts_mails)
        ask, wake_relay = asking(self.rpc.call, self.signer), self.relay.wakeup.ring
        self.comparer = Comparer(
            name, store, configuration, consumers, trusts_clock, ask, wake_relay
        )

    def _trusts_clock(self, job: str) -> bool:
        return self.timekeeper.trusts(self.store, job)

    def _event_handlers(self) -> dict[str, EventHandler]:
        return {
            entrypoint.method_name: entrypoint
            for entrypoint in self.container.entrypoints
            if isinstance(entrypoint, EventHandler)
        }

    def consumers(self) -> Consumers:
        """Return who listens to this service's events: as given, else as its contract says."""
        if self._consumers is not None:
            return self._consumers
        return consumers_of(self.container.service_name)

    def start(self) -> None:
        """Run relay, retries, sweeper and comparer beside the handlers."""
        for worker in (self.relay, self.retries, self.sweeper, self.comparer):
            worker.thread = self.container.spawn_managed_thread(worker.run)

    def stop(self) -> None:
        """Publish what is committed, then end."""
        for worker in (self.comparer, self.retries, self.sweeper, self.relay):
            worker.stop()
        self.store.close()

    def kill(self) -> None:
        """End at once."""
        for worker in (self.comparer, self.retries, self.sweeper, self.relay):
            worker.kill()

    def get_dependency(self, worker_ctx: Any) -> "BoundDatabase":
        """Return the database of a call.

        Must not fail and must not wait: an exception here would end the process.
        """
        data = worker_ctx.data
        entrypoint = worker_ctx.entrypoint
        stack = worker_ctx.call_id_stack
        call = Call(
            service=worker_ctx.service_name,
            entrypoint=entrypoint.method_name,
            kind=getattr(entrypoint, "kind", ""),
            call_id=stack[0],
            stack=stack,
            token=data.get("access_token"),
            key=data.get("idempotency_key"),
            key_is_shared=data.get("key_is_shared", False),
        )
        return BoundDatabase(self, call)

    def as_itself(self, entrypoint: str) -> "BoundDatabase":
        """Return the database for work that nobody asked for: relay, retries, sweeping, tests."""
        name = self.container.service_name
        call = Call(name, entrypoint, "job", call_id="", stack=[], actor=Actor.of_service(name))
        return BoundDatabase(self, call)


class BoundDatabase:
    """The database as one call sees it."""

    def __init__(self, provider: Database, call: Call) -> None:
        self.provider = provider
        self.call = call

    @contextmanager
    def transaction(self, read_only: bool = False) -> Iterator[Transaction]:
        """Run one transaction, which commits on leaving and rolls back on an exception.

        What was said and woken in it takes effect with the commit.
        """
        if read_only:
            with ExitStack() as opened:
                yield Reading(self.provider.store, opened, self.call)
            return
        with self.provider.store.begin() as session:
            tx = Transaction(session, self.call)
            yield tx
            tx.write_outbox()
        if tx.has_events:
            self.provider.relay.wakeup.ring()
        for job in tx.woken:
            if job in self.provider.wakeups:
                self.provider.wakeups[job].ring()

    def firm_of(self, account_id: UUID) -> UUID | None:
        """Return where the account works, as far as this service knows."""
        look = self.provider.lanes.firm_of
        if look is None:
            return None
        with self.provider.store.begin(read_only=True) as session:
            return look(session, account_id)

    def for_actor(self, actor: Actor) -> "BoundDatabase":
        """Return the same database on behalf of ``actor``."""
        return BoundDatabase(self.provider, replace(self.call, actor=actor))
