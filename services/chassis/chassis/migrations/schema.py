"""Brings a service's schema to its newest revision, and says where it stands."""

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from chassis.resources import migrations_path

# Alembic's ``op`` is one per process, and greenthreads of one process may migrate two services.
_one_at_a_time = threading.Lock()


class BrokenReference(RuntimeError):
    """A migration left rows that point to nothing; nothing of it was kept."""


def upgrade(service: str, url: str, to: str = "head") -> list[str]:
    """Bring the database to the newest revision, or to one named, all in one transaction.

    Returns the revisions that were applied. Safe when several processes do it at once.
    """
    scripts = _scripts(service)
    applied: list[str] = []

    def steps(revision: Any, _context: Any) -> Any:
        # What alembic.command.upgrade calls; there is no public name without an env.py.
        found = scripts._upgrade_revs(to, revision)  # noqa: SLF001
        applied.extend(step.revision.revision for step in found)
        return found

    with _one_at_a_time, _migrating(service, url) as connection:
        with EnvironmentContext(Config(), scripts, fn=steps) as environment:
            environment.configure(connection=connection, **options(service))
            environment.run_migrations()
        _refuse_broken_references(connection)
    return applied


def current(service: str, url: str) -> str | None:
    """Return the database's revision; None while it has none."""
    if _missing_file(url):
        return None
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts=options(service))
        return context.get_current_revision()


def head(service: str) -> str | None:
    """Return the newest revision of the service's scripts; None while it has none."""
    return _scripts(service).get_current_head()


def check(service: str, url: str, metadata: sa.MetaData | None = None) -> list[Any]:
    """Return how the database differs from the service's metadata; empty when they agree."""
    wanted = metadata_of(service) if metadata is None else metadata
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts=comparing(service, connection))
        return list(compare_metadata(context, wanted))


def metadata_of(service: str) -> sa.MetaData:
    """Return the tables that the service's class declares by ``db``.

    Raises KeyError if not installed.
    """
    for point in entry_points(group="chambers.services", name=service):
        metadata: sa.MetaData = point.load().db.metadata
        return metadata
    raise KeyError(service)


def _scripts(service: str) -> ScriptDirectory:
    return ScriptDirectory(str(migrations_path(service)))


def options(service: str) -> dict[str, Any]:
    """Return Alembic's options for the service.

    Services that share one database, as in a trial, keep their own revision.
    """
    return {
        "version_table": f"{service}_schema_version",
        "render_as_batch": True,
        "compare_type": True,
        "transactional_ddl": True,
    }


def comparing(service: str, connection: Connection) -> dict[str, Any]:
    """Return Alembic's options for comparing.

    What is made for another kind of database is not missed in this one.
    """

    def belongs(item: Any, _name: Any, _kind: str, _reflected: bool, _other: Any) -> bool:
        made_if = getattr(item, "_ddl_if", None)  # set by ``ddl_if``; Alembic does not ask it
        return made_if is None or made_if.dialect == connection.dialect.name

    return {**options(service), "include_object": belongs}


@contextmanager
def _migrating(service: str, url: str) -> Iterator[Connection]:
    """Run one transaction that no other migration of this service runs beside."""
    _make_directory(url)
    with connected(url) as connection:
        if connection.dialect.name == "postgresql":
            key = zlib.crc32(f"migrate:{service}".encode())
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
            # Waiting longer for a table would make every caller of the service wait behind us.
            connection.execute(sa.text("SET LOCAL lock_timeout = '10s'"))
        yield connection


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Yield a connection in a transaction that commits on leaving."""
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """References are checked at the end: batch mode drops and renames tables on its way."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = sorted({str(row[0]) for row in broken})
        raise BrokenReference(f"rows of {', '.join(tables)} point to nothing")


def _sqlite_file(url: str) -> Path | None:
    parts = sa.make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database or ":memory:" in parts.database:
        return None
    return Path(parts.database)


def _missing_file(url: str) -> bool:
    """Asking must not make an empty database."""
    file = _sqlite_file(url)
    return file is not None and not file.exists()


def _make_directory(url: str) -> None:
    file = _sqlite_file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
