"""What all services know, as one value: the same before and after is nothing changed."""

import hashlib
from typing import Any

import eventlet
import sqlalchemy as sa

from chassis.testing.world import World
from tests.badinput.entrypoints import SERVICES

# What the chassis notes of messages, and identity's counts of attempts.
NOT_OF_THE_DOMAIN = {"outbox", "inbox", "commands", "throttles"}


def digest(world: World) -> dict[str, str]:
    """A hash per table of all services; and how many events each has said so far."""
    found: dict[str, str] = {}
    for service in SERVICES:
        provider = world.database(service).provider
        with provider.store.begin(read_only=True) as session:
            for name, table in provider.metadata.tables.items():
                if name not in NOT_OF_THE_DOMAIN:
                    found[f"{service}.{name}"] = _hash(session.execute(sa.select(table)).all())
            outbox = provider.metadata.tables["outbox"]
            found[f"{service}: said"] = str(session.scalar(sa.select(sa.func.max(outbox.c.id))))
    return found


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


def _hash(rows: list[Any]) -> str:
    lines = sorted(repr(tuple(row)) for row in rows)
    return f"{len(lines)} rows {hashlib.sha256('|'.join(lines).encode()).hexdigest()[:16]}"
