"""What all services know, as one value: the same before and after is nothing changed."""

import hashlib
import sqlite3
from collections import defaultdict
from functools import cache

import eventlet
import sqlalchemy as sa

from chassis.testing.world import World
from tests.badinput.entrypoints import SERVICES

# What the chassis notes of messages, and identity's counts of attempts.
NOT_OF_THE_DOMAIN = {"outbox", "consumers", "inbox", "commands", "throttles"}
SAID = "said"


def digest(world: World) -> dict[str, str]:
    """A hash per table of all services; and how many events each has said so far."""
    found: dict[str, str] = {}
    for service in SERVICES:
        provider = world.database(service).provider
        rows = defaultdict(list)
        with provider.store.begin(read_only=True) as session:
            # One statement and no types: more than a thousand tests look at all there is.
            connection = session.connection()
            every_row = _every_row(provider.metadata, provider.store.sqlite)
            for table, row in connection.exec_driver_sql(every_row).all():
                rows[table].append(row)
        watched = [name for name in provider.metadata.tables if name not in NOT_OF_THE_DOMAIN]
        found |= {f"{service}.{name}": _hash(rows[name]) for name in [*watched, SAID]}
    return found


@cache
def _every_row(metadata: sa.MetaData, sqlite: bool) -> str:
    """Selects the name of a table and a row of it as text, for all; and the last event's id."""
    selects = [f"SELECT '{SAID}', CAST(coalesce(max(id), 0) AS TEXT) FROM outbox"]
    for table in metadata.tables.values():
        if table.name not in NOT_OF_THE_DOMAIN:
            texts = [f'quote("{column.name}")' for column in table.columns]
            row = " || ',' || ".join(texts) if sqlite else "CAST(one AS TEXT)"
            selects.append(f"SELECT '{table.name}', {row} FROM \"{table.name}\" AS one")
    return " UNION ALL ".join(selects)


class Watch:
    """Tells by one small question whether anything at all has been written since the last one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files = [] if world.stack == "rabbitmq" else [*map(self._open, SERVICES)]

    def stamp(self) -> str:
        """The same as before where no transaction has committed in between, in any service."""
        if not self._files:  # one server has all their databases, and one count of transactions
            return str(self._world.rows("identity", "SELECT pg_current_snapshot()::text")[0][0])
        versions = [file.execute("PRAGMA data_version").fetchone()[0] for file in self._files]
        return " ".join(map(str, versions))

    def close(self) -> None:
        for file in self._files:
            file.close()

    def _open(self, service: str) -> sqlite3.Connection:
        # A connection of its own: SQLite counts what others have committed.
        return sqlite3.connect(str(self._world.database(service).provider.store.url.database))


def settled(world: World, quiet: float = 2.5, patience: float = 40) -> dict[str, str]:
    """The digest once nothing has changed for ``quiet`` seconds: mails are out, events heard."""
    before, waited = digest(world), 0.0
    while waited < patience:
        eventlet.sleep(quiet)
        waited += quiet
        now = digest(world)
        if now == before and not _under_way(world):
            return now
        before = now
    raise AssertionError(f"not quiet within {patience} s")


def _under_way(world: World) -> int:
    unheard = sum(
        world.rows(service, "SELECT count(*) FROM outbox WHERE published_at IS NULL")[0][0]
        for service in SERVICES
    )
    return int(unheard)


def _hash(rows: list[str]) -> str:
    text = "|".join(sorted(rows))
    return f"{len(rows)} rows {hashlib.sha256(text.encode()).hexdigest()[:16]}"
