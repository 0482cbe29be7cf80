"""The five services as processes of their own, as an operator runs them."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import eventlet
import orjson
import psycopg2

from chassis.config import Configuration
from chassis.consumers import consumers_of
from chassis.errors import ChassisError, DeadlineExceeded, Unavailable
from chassis.ids import uuid7
from chassis.rpc.standalone import Client
from chassis.runner import installed_services, nameko_config, prepare_embedded
from chassis.testing.queues import delete_queues
from chassis.testing.stacks import QUICK, fresh_database
from chassis.testing.world import World, eventually
from tests.benchmarks.processor import Meter
from tests.benchmarks.servers import Servers

PLENTY = str(10**6)
SETTINGS = {
    **QUICK,
    "CHAMBERS_LOG_LEVEL": "info",
    "CHAMBERS_LOG_FORMAT": "json",
    # One inviter stands for many.
    "CHAMBERS_GROUPS_MAILS_PER_ACCOUNT_PAYING": PLENTY,
    "CHAMBERS_GROUPS_MAILS_PER_FIRM_PAYING": PLENTY,
}
WORKERS = "20"
TRIES = 100
PAUSE = 0.1  # seconds
START, SETTLE = 180, 600  # seconds, on a machine that has other things to do


class Practice(World):
    """A world whose services are processes, which can be measured and made to stand still."""

    def __init__(self, servers: Servers, cleanup: ExitStack) -> None:
        self.servers = servers
        self.folder = Path(cleanup.enter_context(TemporaryDirectory(prefix="chambers-bench-")))
        self.services = installed_services()
        env = {**SETTINGS, "CHAMBERS_DATA_DIR": str(self.folder), "CHAMBERS_BUS_URL": servers.bus}
        self._databases = {}
        for name in self.services:
            url = cleanup.enter_context(fresh_database(servers.postgres, name))
            env[f"CHAMBERS_{name.upper()}_DATABASE_URL"] = url
            env[f"CHAMBERS_{name.upper()}_MAX_WORKERS"] = WORKERS
            self._databases[name] = session(cleanup, url)
        configuration = Configuration({}, env)
        prepare_embedded(configuration, self.services)
        delete_queues(configuration, self.services)
        self.pids = {name: self._start(name, env, cleanup) for name in self.services}
        client = cleanup.enter_context(Client(nameko_config(configuration, "identity")))
        super().__init__("rabbitmq", configuration, (), client)
        self._read: Counter[str] = Counter()  # bytes of each service's log
        self._mailbox = Path(str(configuration.service("notifications")["mail_directory"]))
        for name in self.services:
            eventually(lambda name=name: self._answers(name), timeout=START)
        pids = {**self.pids, "postgres": servers.postgres_pid, "broker": servers.broker_pid}
        self.meter = Meter(pids)

    def call(self, target: str, *, key: str | None = None, **more: Any) -> Any:
        """Return the reply; a service that is too busy is asked the same again."""
        key = key or str(uuid7())
        for _ in range(TRIES):
            try:
                return super().call(target, key=key, **more)
            except (Unavailable, DeadlineExceeded):
                eventlet.sleep(PAUSE)
        return super().call(target, key=key, **more)

    def sql(self, service: str, statement: str, **values: Any) -> list[Any]:
        """Return the rows that a statement on a service's database gives, in no transaction."""
        with self._databases[service].cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def standing_still(self, *services: str) -> Iterator[None]:
        """Halt these services; what they are told meanwhile waits for them.

        For a few seconds only: the broker gives up a line that is deaf for longer.
        """
        pids = [self.pids[name] for name in services]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def settle(self) -> None:
        """Wait until every event is heard and every mail handed over. Raises eventlet.Timeout."""
        quiet = 0
        with eventlet.Timeout(SETTLE):
            while quiet < 2:  # an event can be said between two looks
                eventlet.sleep(PAUSE)
                quiet = 0 if self._is_busy() else quiet + 1

    def _is_busy(self) -> bool:
        """The cheap questions come first: who is measured pays for the looks."""
        unpublished = "SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1"
        waiting = "SELECT 1 FROM mails WHERE due_at IS NOT NULL LIMIT 1"
        return (
            any(self.sql(name, unpublished) for name in self.services)
            or bool(self.sql("notifications", waiting))
            or self._heard() < self._said()
        )

    def _said(self) -> int:
        """How often the events said so far are to be heard."""
        counts = "SELECT type, count(*) FROM outbox GROUP BY type"
        return sum(
            number * len(consumers_of(name)[event_type])
            for name in self.services
            for event_type, number in self.sql(name, counts)
        )

    def _heard(self) -> int:
        done = "SELECT count(*) FROM inbox WHERE state <> 'retry'"
        return sum(self.sql(name, done)[0][0] for name in self.services)

    def mails_handed_over(self) -> int:
        """Count the files that mails became, which nobody who is measured has to look for."""
        return sum(1 for _ in self._mailbox.glob("*.eml"))

    def logged_seconds(self, service: str, entrypoint: str) -> float:
        """Return how long the service has worked on these messages since it was last asked."""
        with (self.folder / f"{service}.log").open("rb") as log:
            log.seek(self._read[service])
            written, _, _ = log.read().rpartition(b"\n")  # whole lines
        self._read[service] += len(written)
        lines = [orjson.loads(line) for line in written.splitlines() if line.startswith(b"{")]
        return sum(line["ms"] for line in lines if line.get("entrypoint") == entrypoint) / 1_000

    def wait_for_mails(self, handed_over: int) -> None:
        """Wait until so many mails have left."""
        eventually(lambda: self.mails_handed_over() >= handed_over, timeout=START)

    def timed(self, work: Callable[[], object]) -> float:
        """Return the seconds that the work takes; the meter counts from its beginning."""
        self.meter.start()
        return stopwatch(work)

    def _start(self, name: str, env: Mapping[str, str], cleanup: ExitStack) -> int:
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-W", "ignore", "-m", "chassis.cli", "run", name]
            process = subprocess.Popen(command, env={**os.environ, **env}, stdout=log, stderr=log)
        cleanup.callback(process.wait)
        cleanup.callback(process.kill)
        return process.pid

    def _answers(self, name: str) -> bool:
        try:
            self.client.call(name, "no_such_method", {}, timeout=2)
        except ChassisError as error:
            return error.code == "unknown_method"
        return False


def stopwatch(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def session(cleanup: ExitStack, url: str) -> Any:
    """Open a connection without transactions to the database, closed with the clean-up."""
    connection = psycopg2.connect(url.replace("+psycopg2", ""))
    connection.autocommit = True
    cleanup.callback(connection.close)
    return connection
