"""One service's database: engines for SQLite and PostgreSQL that never stall the hub for long."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from eventlet.semaphore import Semaphore
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from chassis import postgres
from chassis.calls import statement_sent, transaction_closed, transaction_opened
from chassis.errors import Unavailable

READ_ONLY = "chassis_read_only"


class DatabaseUnavailable(Unavailable):
    """The database does not answer, or could not lock in time; nothing was changed."""

    code = "database_unavailable"


class Store:
    """Opens transactions on one database. Of SQLite one greenthread writes at a time."""

    def __init__(self, url: str, pool_size: int = 20) -> None:
        self.url = sa.make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.sqlite else postgres.engine(self.url, pool_size)
        sa.event.listen(self.engine, "before_cursor_execute", _count)
        # On PostgreSQL each statement of a read sees what is committed, in a transaction or not.
        alone = {} if self.sqlite else {"isolation_level": "AUTOCOMMIT"}
        self.reading = self.engine.execution_options(**{READ_ONLY: True}, **alone)
        self._writing = Semaphore(1)

    @contextmanager
    def begin(self, read_only: bool = False) -> Iterator[Session]:
        """Yield a session whose transaction commits on leaving, and rolls back on an exception.

        Raises DatabaseUnavailable when the database is away or a lock is not to be had.
        """
        engine = self.reading if read_only else self.engine
        transaction_opened(self)
        try:
            with (
                self._lock(read_only),
                _translated(),
                Session(engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session
        finally:
            transaction_closed(self)

    @contextmanager
    def _lock(self, read_only: bool) -> Iterator[None]:
        if not self.sqlite or read_only:
            yield
            return
        with self._writing:  # SQLite itself would wait in C and stop every greenthread
            yield

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    if not statement.startswith("BEGIN"):
        statement_sent()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if _is_conflict(error):
            raise
        raise DatabaseUnavailable("the database does not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailable("the database connection was lost") from error
        raise


def _is_conflict(error: DBAPIError) -> bool:
    """Deadlock or serialisation failure: the same work may simply be tried again."""
    return getattr(error.orig, "pgcode", None) in {"40P01", "40001"}


def is_retryable(error: BaseException) -> bool:
    """Return whether a fresh transaction may succeed where this one met a concurrent one.

    A unique key that another transaction took meanwhile counts too: the second look finds the
    row and answers by the rule.
    """
    if isinstance(error, sa.exc.IntegrityError):
        return True
    return isinstance(error, DBAPIError) and _is_conflict(error)


def _sqlite(url: sa.URL) -> Engine:
    engine = sa.create_engine(
        url, connect_args={"timeout": 2}, pool_size=20, max_overflow=50, hide_parameters=True
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
